#include "workflows/hot_work_permit/site.h"

#include "workflows/hot_work_permit/roles.h"

namespace sparkgate::permit {
namespace {

const Json k_none = Json::object();

const Json& part(const Json& data, std::string_view member) {
  const auto it = data.find(member);
  return it == data.end() ? k_none : *it;
}

std::optional<Time> time_in(const Json& object, std::string_view member) {
  const auto it = object.find(member);
  return it == object.end() ? std::nullopt : time_of(*it);
}

int64_t minutes_between(Time from, Time to) { return std::chrono::ceil<minutes>(to - from).count(); }

Json gas_facts(const Instance& permit, const rules::Pack& pack, Time at) {
  const Json& gas = part(permit.data, "gas");
  Json out = {{"required", part(permit.data, "site_rules").value("gas_required", true)},
              {"tested", !gas.empty()},
              {"readings", gas.value("readings", Json::array())},
              {"oxygen_service", application(permit, "oxygen_service").is_boolean() &&
                                     application(permit, "oxygen_service").get<bool>()}};
  const auto sampled = time_in(gas, "sampled_at");
  if (!sampled) return out;
  const auto suspended = time_in(permit.data, "suspended_at");
  out["age_minutes"] = minutes_between(*sampled, at);
  out["hours_since_test"] = std::chrono::floor<hours>(at - *sampled).count();
  out["same_day"] = pack.zone().day(*sampled) == pack.zone().day(at);
  out["tested_after_break"] = !suspended || *sampled >= *suspended;
  out["oxygen_percent"] = gas.value("oxygen_percent", Json());
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

}  // namespace

bool is_watch_on_site(const Instance& permit) { return part(permit.data, "watch").value("on_site", false); }

std::optional<Time> watch_ends(const Instance& permit) { return time_in(part(permit.data, "watch"), "ends_at"); }

std::optional<Time> gas_due(const Instance& permit) {
  const Json& rules = part(permit.data, "site_rules");
  const auto sampled = time_in(part(permit.data, "gas"), "sampled_at");
  if (!rules.value("gas_required", false) || !sampled) return std::nullopt;
  return *sampled + hours(rules.at("gas_repeat_hours").get<int64_t>());
}

Json site_facts(const Instance& permit, const rules::Pack& pack, Time at) {
  Json out = {{"at", format_time(at)},
              {"watch_on_site", is_watch_on_site(permit)},
              {"consent_given", permit.data.contains("consent")},
              {"site_confirmed", permit.data.contains("site_confirmed")},
              {"briefing_missing", unbriefed(permit)},
              {"measures", measure_facts(permit)},
              {"gas", gas_facts(permit, pack, at)},
              {"break_minutes", nullptr}};
  if (const auto suspended = time_in(permit.data, "suspended_at")) {
    out["break_minutes"] = minutes_between(*suspended, at);
  }
  return out;
}

}  // namespace sparkgate::permit
