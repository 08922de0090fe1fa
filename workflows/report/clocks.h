// By when somebody must have done what with a report. Days of the office's calendar; nothing here knows the hour.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/base/refusal.h"
#include "engine/store/intake_store.h"

namespace sparkgate::report {

/// Whether work is done on that day ("2026-11-28").
using WorksOn = std::function<bool(std::string_view day)>;

/// One time limit: it runs from the day of receipt until the report is in a state beyond those named.
struct ClockRow {
  std::string_view name;
  Text label;
  std::string_view clause;
  std::vector<std::string_view> states;  // in which it runs
  /// The day on which it runs out.
  std::string (*day)(const StoredReport& report, const WorksOn& works_on);

  bool runs_in(std::string_view state) const;
};
const std::vector<ClockRow>& clocks();

/// The soonest of the clocks that run in the report's state; "" when none does.
std::string due_of(const StoredReport& report, const WorksOn& works_on);

/// Of that day, as it is on `today`: "late", "soon" (today or tomorrow), or "" while there is time or nothing is due.
std::string_view nearness(std::string_view due, std::string_view today);

/// The day `days` after that one, of the calendar. `day` is one.
std::string days_after(std::string_view day, int days);
/// The day after that many days of work.
std::string working_days_after(std::string_view day, int days, const WorksOn& works_on);

/// By when whoever reported should look again.
std::string check_back_by(std::string_view received, const WorksOn& works_on);

}  // namespace sparkgate::report
