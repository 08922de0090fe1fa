#include "workflows/report/clocks.h"

#include <algorithm>

#include "engine/base/time.h"

namespace sparkgate::report {
namespace {

constexpr int k_urgent_days = 1;
constexpr int k_working_days = 3;
constexpr int k_acknowledge_days = 7;
constexpr int k_feedback_months = 3;

std::chrono::sys_days parsed(std::string_view day) {
  const auto time = parse_time(std::string(day) + "T00:00:00Z");
  return std::chrono::floor<std::chrono::days>(time.value());
}

std::string written(std::chrono::sys_days day) { return format_time(Time(day)).substr(0, 10); }

std::string months_after(std::string_view day, int months) {
  const std::chrono::year_month_day from(parsed(day));
  const auto month = from.year() / from.month() + std::chrono::months(months);
  const auto last = std::chrono::year_month_day_last(month.year(), month.month() / std::chrono::last);
  return written(month / std::min(from.day(), last.day()));
}

std::string day_to_check(const StoredReport& report, const WorksOn& works_on) {
  return report.is_urgent ? days_after(report.received, k_urgent_days)
                          : working_days_after(report.received, k_working_days, works_on);
}
std::string day_to_acknowledge(const StoredReport& report, const WorksOn&) {
  return days_after(report.received, k_acknowledge_days);
}
std::string day_to_give_feedback(const StoredReport& report, const WorksOn&) {
  return months_after(report.received, k_feedback_months);
}

}  // namespace

// clang-format off
const std::vector<ClockRow>& clocks() {
  static const std::vector<ClockRow> rows = {
    {"check"      , {"核查", "Investigate"}   , "公安部令第120号 第18条"
                  , {"Received", "Acknowledged", "Triaged", "Assigned"}, day_to_check},
    {"acknowledge", {"受理", "Acknowledge"}   , "Directive (EU) 2019/1937 art. 9(1)(b)", {"Received"}, day_to_acknowledge},
    {"feedback"   , {"反馈", "Give feedback"} , "Directive (EU) 2019/1937 art. 9(1)(f)"
                  , {"Received", "Acknowledged", "Triaged", "Assigned", "Investigating", "Substantiated",
                     "Unsubstantiated"}, day_to_give_feedback},
  };
  return rows;
}
// clang-format on

std::string days_after(std::string_view day, int days) { return written(parsed(day) + std::chrono::days(days)); }

std::string working_days_after(std::string_view day, int days, const WorksOn& works_on) {
  std::string at(day);
  while (days > 0) {
    at = days_after(at, 1);
    if (works_on(at)) --days;
  }
  return at;
}

bool ClockRow::runs_in(std::string_view state) const {
  return std::find(states.begin(), states.end(), state) != states.end();
}

std::string due_of(const StoredReport& report, const WorksOn& works_on) {
  std::string soonest;
  for (const ClockRow& row : clocks()) {
    if (!row.runs_in(report.state)) continue;
    const std::string day = row.day(report, works_on);
    if (soonest.empty() || day < soonest) soonest = day;
  }
  return soonest;
}

std::string_view nearness(std::string_view due, std::string_view today) {
  if (due.empty()) return "";
  return due < today ? "late" : due <= days_after(today, 1) ? "soon" : "";
}

std::string check_back_by(std::string_view received, const WorksOn& works_on) {
  return working_days_after(received, k_working_days, works_on);
}

}  // namespace sparkgate::report
