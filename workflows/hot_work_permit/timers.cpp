#include "workflows/hot_work_permit/timers.h"

#include "workflows/hot_work_permit/roles.h"
#include "workflows/hot_work_permit/site.h"

namespace sparkgate::permit {
namespace {

using Timers = std::vector<Timer>;

int64_t figure(const Instance& permit, const char* name) {
  return permit.data.at("site_rules").value(name, int64_t{0});
}

// A late round warns; a grace later `event` follows. None where the end comes first.
void add_rounds(const Instance& permit, minutes interval, const char* event, std::optional<Time> end, Timers& out) {
  const auto base = round_base(permit);
  if (!base || interval == minutes(0) || (end && *base + interval >= *end)) return;
  const Time due = *base + interval;
  const Time told = time_in(part(permit.data, "rounds"), "missed_at").value_or(Time{});
  if (told < due) out.push_back({"round_due", due, "round_missed"});
  out.push_back({"round_overdue", due + minutes(figure(permit, "round_grace_minutes")), event});
}

void add_gas(const Instance& permit, Timers& out) {
  if (const auto due = gas_due(permit)) out.push_back({"gas_due", *due, "suspend"});
  if (!permit.data.at("site_rules").value("gas_continuous", false)) return;
  const auto until = time_in(part(permit.data, "gas_monitoring"), "until");
  if (!until) return;
  out.push_back({"gas_monitoring_due", *until + minutes(figure(permit, "gas_continuous_gap_minutes")), "suspend"});
}

// Work of several days stops with each of them.
void add_day(const Instance& permit, const rules::Zone* zone, Timers& out) {
  const auto starts = time_of(application(permit, "starts")), ends = time_of(application(permit, "ends"));
  const int64_t longest = figure(permit, "revalidate_over_hours");
  if (!zone || !starts || !ends || longest == 0 || *ends - *starts <= hours(longest)) return;
  const auto until = valid_until(permit, *zone);
  if (until && *until < *ends) out.push_back({"day_end", *until, "suspend"});
}

Timers during_work(const Instance& permit, const rules::Zone* zone) {
  Timers out;
  add_gas(permit, out);
  const auto end = time_of(application(permit, "ends"));
  add_rounds(permit, minutes(figure(permit, "round_interval_minutes")), "suspend", end, out);
  add_day(permit, zone, out);
  return out;
}

// The countdown, and the rounds that keep it running. Nothing runs while nobody watches.
Timers after_work(const Instance& permit) {
  Timers out;
  const auto ends = watch_ends(permit);
  if (!ends) return out;
  const Json& watch = permit.data.at("watch");
  const bool monitors = is_monitoring(permit);
  if (watch.contains(monitors ? "monitored_at" : "elapsed_at")) return out;
  out.push_back({"watch_end", *ends, monitors ? "monitoring_elapsed" : "watch_elapsed"});
  const int64_t interval = figure(permit, monitors ? "monitoring_round_minutes" : "round_interval_minutes");
  add_rounds(permit, minutes(interval), "watch_interrupted", ends, out);
  return out;
}

}  // namespace

Timers timers_of(const Instance& permit, const rules::Zone* zone) {
  if (permit.state == "AwaitingAcceptance") return {};
  if (permit.state == "FireWatch") return after_work(permit);
  Timers out = permit.state == "InProgress" ? during_work(permit, zone) : Timers{};
  if (const auto ends = time_of(application(permit, "ends"))) out.push_back({"window_end", *ends, "expire"});
  return out;
}

Timers retention_timer(const Instance& permit, int days) {
  if (permit.data.contains("erased_at")) return {};
  return {{"retention_end", permit.at + hours(24) * days, "erase"}};
}

}  // namespace sparkgate::permit
