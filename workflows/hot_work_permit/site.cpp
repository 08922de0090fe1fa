#include "workflows/hot_work_permit/site.h"

#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

// Null before it was so: what a device tells later may be judged as of an instant that lies before.
Json age_minutes(std::optional<Time> since, Time at) {
  if (!since || *since > at) return nullptr;
  return std::chrono::ceil<minutes>(at - *since).count();
}

Json places_of(const Json& gas) {
  Json out = Json::array();
  for (const Json& reading : gas.value("readings", Json::array())) {
    if (reading.contains("place")) out.push_back(reading.at("place"));
  }
  return out;
}

Json measure_facts(const Instance& permit) {
  Json out = Json::array();
  for (const Json& measure : part(permit.data, "measures")) {
    out.push_back({{"code", measure.at("code")}, {"confirmed", measure.contains("confirmed_at")}});
  }
  return out;
}

Json unbriefed(const Instance& permit) {
  Json out = Json::array();
  const Json& briefed = part(permit.data, "briefing");
  for (const Json& who : application(permit, "operators")) {
    if (!briefed.contains(who.get_ref<const std::string&>())) out.push_back(who);
  }
  return out;
}

// Before the first day's work nothing needs to be validated again.
bool is_validated(const Instance& permit, const rules::Pack& pack, Time at) {
  if (!permit.data.contains("started")) return true;
  const auto until = valid_until(permit, pack.zone(), at);
  return until && at < *until;
}

}  // namespace

std::optional<Time> valid_until(const Instance& permit, const rules::Zone& zone, Time known_at) {
  std::optional<Time> newest;
  for (const char* event : {"started", "validated"}) {
    const auto since = time_in(part(permit.data, event), "at");
    if (since && *since <= known_at) newest = std::max(newest.value_or(*since), *since);
  }
  return newest ? std::optional(zone.next_day(*newest)) : std::nullopt;
}

Instance with_next_watch(const Instance& permit) {
  Instance next = permit;
  next.data["watch"]["person"] = permit.data.at("watch").at("next");
  if (permit.personal->contains("numbers") && permit.personal->at("numbers").contains("next_watch")) {
    Json personal = permit.personal;
    personal["numbers"]["watch"] = personal["numbers"]["next_watch"];
    next.personal = std::move(personal);
  }
  return next;
}

bool is_watch_on_site(const Instance& permit) { return part(permit.data, "watch").value("on_site", false); }

std::optional<Time> watch_ends(const Instance& permit) {
  const Json& watch = part(permit.data, "watch");
  const auto monitored = time_in(watch, "monitoring_ends_at");
  return monitored ? monitored : time_in(watch, "ends_at");
}

bool is_monitoring(const Instance& permit) { return part(permit.data, "watch").contains("monitoring_ends_at"); }

std::optional<Time> round_base(const Instance& permit) {
  std::optional<Time> base;
  for (const auto& [object, member] : {std::pair{"rounds", "last_at"}, {"started", "at"}, {"", "resumed_at"},
                                       {"", "work_ended_at"}, {"watch", "since"}, {"watch", "counted_from"}}) {
    const Json& holder = *object ? part(permit.data, object) : permit.data;
    if (const auto time = time_in(holder, member)) base = std::max(base.value_or(*time), *time);
  }
  return base;
}

std::optional<Time> gas_due(const Instance& permit) {
  const Json& rules = part(permit.data, "site_rules");
  const auto sampled = time_in(part(permit.data, "gas"), "sampled_at");
  if (!rules.value("gas_required", false) || !sampled) return std::nullopt;
  return *sampled + hours(rules.at("gas_repeat_hours").get<int64_t>());
}

Json gas_facts(const Instance& permit, const Json& gas, const rules::Pack& pack, Time at) {
  const auto sampled = time_in(gas, "sampled_at");
  const bool is_tested = sampled && *sampled <= at;
  Json out = {{"required", part(permit.data, "site_rules").value("gas_required", true)},
              {"tested", is_tested},
              {"readings", gas.value("readings", Json::array())},
              {"places", places_of(gas)},
              {"continuous", part(permit.data, "site_rules").value("gas_continuous", false)},
              {"monitoring_age_minutes", age_minutes(time_in(part(permit.data, "gas_monitoring"), "until"), at)},
              {"oxygen_service", application(permit, "oxygen_service").is_boolean() &&
                                     application(permit, "oxygen_service").get<bool>()}};
  if (!is_tested) return out;
  const auto suspended = time_in(permit.data, "suspended_at");
  out["age_minutes"] = age_minutes(sampled, at);
  out["hours_since_test"] = std::chrono::duration<double, std::ratio<3600>>(at - *sampled).count();
  out["same_day"] = pack.zone().day(*sampled) == pack.zone().day(at);
  out["tested_after_break"] = !suspended || *sampled >= *suspended;
  out["oxygen_percent"] = gas.value("oxygen_percent", Json());
  return out;
}

Json site_facts(const Instance& permit, const rules::Pack& pack, Time at) {
  return {{"at", format_time(at)},
          {"watch_on_site", is_watch_on_site(permit)},
          {"consent_given", permit.data.contains("consent")},
          {"site_confirmed", permit.data.contains("site_confirmed")},
          {"briefing_missing", unbriefed(permit)},
          {"measures", measure_facts(permit)},
          {"gas", gas_facts(permit, part(permit.data, "gas"), pack, at)},
          {"break_minutes", age_minutes(time_in(permit.data, "suspended_at"), at)},
          {"day", pack.zone().day(at)},
          {"validated_today", is_validated(permit, pack, at)},
          {"pre_start_age_minutes", age_minutes(time_in(part(permit.data, "pre_start"), "at"), at)},
          {"pre_start_differs", part(permit.data, "pre_start").value("differs", Json::array())}};
}

}  // namespace sparkgate::permit
