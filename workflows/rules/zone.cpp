#include "workflows/rules/zone.h"

#include <date/tz.h>

#include "engine/base/codes.h"

namespace sparkgate::rules {
namespace {

using std::chrono::days;

date::local_days local_day(const date::time_zone* zone, Time time) { return date::floor<days>(zone->to_local(time)); }

}  // namespace

bool is_weekend(std::string_view day) {
  const auto midnight = parse_time(std::string(day) + "T00:00:00Z");
  if (!midnight) return false;
  const std::chrono::weekday weekday(std::chrono::floor<days>(*midnight));
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Result<Zone> Zone::locate(const std::string& name) {
  try {
    return Zone(date::locate_zone(name));
  } catch (const std::runtime_error&) {  // the library's only way to say "unknown"
    return refuse(Code::unknown_reference, {{"path", "zone"}, {"value", name}});
  }
}

std::string Zone::day(Time time) const { return date::format("%F", local_day(zone_, time)); }

std::string Zone::minute(Time time) const {
  return date::format("%F %H:%M", date::floor<minutes>(zone_->to_local(time)));
}

Time Zone::next_day(Time time) const {
  return Time(zone_->to_sys(local_day(zone_, time) + std::chrono::days(1), date::choose::earliest));
}

std::vector<std::string> Zone::days(Time starts, Time ends) const {
  std::vector<std::string> out;
  if (ends <= starts) return out;
  const auto last = local_day(zone_, ends - milliseconds(1));
  for (auto day = local_day(zone_, starts); day <= last; day += std::chrono::days(1)) {
    out.push_back(date::format("%F", day));
  }
  return out;
}

bool Zone::overlaps_night(Time starts, Time ends, Night night) const {
  if (ends <= starts) return false;
  const minutes passes_midnight = night.to_minutes <= night.from_minutes ? minutes(24 * 60) : minutes(0);
  const auto last = local_day(zone_, ends);
  for (auto day = local_day(zone_, starts) - std::chrono::days(1); day <= last; day += std::chrono::days(1)) {
    const auto from = zone_->to_sys(day + minutes(night.from_minutes), date::choose::earliest);
    const auto to = zone_->to_sys(day + passes_midnight + minutes(night.to_minutes), date::choose::latest);
    if (starts < to && from < ends) return true;
  }
  return false;
}

}  // namespace sparkgate::rules
