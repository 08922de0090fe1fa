// Civil time of one place: which local day an instant is, and whether a window touches the night.
#pragma once

#include <string>
#include <vector>

#include "engine/base/time.h"

namespace date {
class time_zone;
}

namespace sparkgate::rules {

/// Night hours of the clock, in minutes after midnight; it may pass midnight (22:00 to 06:00).
struct Night {
  int from_minutes = 0;
  int to_minutes = 0;
};

/// Saturday or Sunday; false for what is no day.
bool is_weekend(std::string_view day);

class Zone {
 public:
  /// By IANA name ("Asia/Shanghai"). Refuses with unknown_reference.
  static Result<Zone> locate(const std::string& name);

  /// "2026-08-14".
  std::string day(Time time) const;

  /// "2026-08-14 21:05".
  std::string minute(Time time) const;

  /// The first instant of the next local day.
  Time next_day(Time time) const;

  /// The local days that [starts, ends) touches; none when it is empty.
  std::vector<std::string> days(Time starts, Time ends) const;

  /// Whether any part of [starts, ends) lies within night hours.
  bool overlaps_night(Time starts, Time ends, Night night) const;

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace sparkgate::rules
