#include "workflows/delegation/workflow.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "workflows/access.h"
#include "workflows/delegation/description.h"
#include "workflows/delegation/granting.h"
#include "workflows/delegation/lifecycle.h"

namespace sparkgate::delegation {
namespace {

constexpr const char* k_sides[] = {"absent", "delegate"};
constexpr const char* k_readers[] = {"supervisor", "enforcement", "auditor", "admin"};

// Which of the two the actor is; "" for others.
std::string_view side_of(const Instance& delegation, const Actor& actor) {
  for (const char* side : k_sides) {
    if (!actor.person.empty() && person_of(delegation, side).person == actor.person) return side;
  }
  return "";
}

// The two of them end it, or an administrator; other supervisors only see it.
Result<void> check_role(const Situation& s, const EventSpec& spec) {
  if (spec.roles.empty()) return s.actor.system ? Result<void>() : Result<void>(refuse_role({"system"}));
  if (spec.creates) {
    return has_role_somewhere(s.actor, spec.roles) ? Result<void>() : Result<void>(refuse_role(spec.roles));
  }
  if (has_role_over(s.actor, "admin", s.instance.data.at("within"))) return {};
  if (!has_role_somewhere(s.actor, spec.roles)) return refuse_role(spec.roles);
  if (!side_of(s.instance, s.actor).empty()) return {};
  return refuse(Code::not_the_named_person, {{"person", person_of(s.instance, "absent").name}});
}

Notice revoked_notice(const Instance& delegation, std::string_view to, std::string_view other) {
  Notice notice;
  notice.person = person_of(delegation, to).person;
  notice.code = name_of(Message::delegation_revoked);
  notice.details = {{"name", person_of(delegation, other).name}};
  return notice;
}

Decision revoke(const Situation& s, const Json& payload) {
  Decision decision;
  if (payload.contains("reason")) decision.personal["reason"] = payload.at("reason");
  decision.notices = {revoked_notice(s.instance, "delegate", "absent"),
                      revoked_notice(s.instance, "absent", "delegate")};
  return decision;
}

void keep_reason(Instance& delegation, const Recorded& entry) {
  if (!entry.personal.is_object() || !entry.personal.contains("reason")) return;
  Json personal = delegation.personal;
  personal[entry.event == "revoke" ? "revoke_reason" : "reason"] = entry.personal.at("reason");
  delegation.personal = std::move(personal);
}

}  // namespace

Delegations::Delegations(Settings settings) : settings_(settings), description_(make_description()) {}

Result<void> Delegations::assess(const Situation& situation) const {
  const EventSpec* spec = description_.event(situation.event);
  if (!spec) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (auto may = check_role(situation, *spec); !may) return may;
  const bool is_erased = situation.event == "erase" && situation.instance.data.contains("erased_at");
  if (!is_erased && description_.leads(situation.instance.state, situation.event)) return {};
  return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
}

Result<Decision> Delegations::decide(const Situation& situation, const Json& payload, Cast& cast) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(std::move(may.error()));
  if (situation.event == "delegate") return give(situation, payload, cast, settings_);
  if (situation.event == "revoke") return revoke(situation, payload);
  Decision decision;
  decision.erase = situation.event == "erase";
  return decision;
}

Result<void> Delegations::apply(Instance& instance, const Recorded& entry) const {
  auto to = step(instance.state, entry.event, entry.facts.value("begins_now", false));
  if (!to) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  instance.state = std::move(*to);
  Json& data = instance.data;
  const std::string at = format_time(entry.at);
  const Json by_at = {{"by", entry.actor}, {"at", at}};
  if (entry.event == "delegate") {
    data = entry.facts;
    data.erase("begins_now");
    data["given"] = by_at;
  }
  if (entry.event == "begin") data["began_at"] = at;
  if (entry.event == "end") data["ended_at"] = at;
  if (entry.event == "revoke") data["revoked"] = by_at;
  if (entry.event == "erase") data["erased_at"] = at;
  keep_reason(instance, entry);
  return {};
}

std::vector<Timer> Delegations::timers(const Instance& delegation) const {
  const auto at = [&](const char* member) { return parse_time(text_of(delegation.data, member)).value_or(Time{}); };
  if (delegation.state == "Planned") return {{"begins", at("from"), "begin"}};
  if (delegation.state == "InForce") return {{"ends", at("until"), "end"}};
  if (delegation.data.contains("erased_at")) return {};
  return {{"retention_end", delegation.at + hours(24) * settings_.retention_days, "erase"}};
}

Index Delegations::index(const Instance& delegation, const View&) const {
  Index out;
  const Json& areas = delegation.data.at("areas");
  if (!areas.empty()) out.area = areas.front().get<std::string>();
  out.starts = *parse_time(text_of(delegation.data, "from"));
  out.ends = *parse_time(text_of(delegation.data, "until"));
  for (const Json& area : delegation.data.at("within")) out.links.emplace_back("area", area.get<std::string>());
  for (const char* side : k_sides) {
    std::string person = person_of(delegation, side).person;
    if (!person.empty()) out.links.emplace_back("person", std::move(person));
  }
  return out;
}

bool Delegations::readable(const Instance& delegation, const Actor& actor, const View&) const {
  if (actor.system || !side_of(delegation, actor).empty()) return true;
  return std::any_of(std::begin(k_readers), std::end(k_readers), [&](const char* role) {
    return has_role_over(actor, role, delegation.data.at("within"));
  });
}

Json Delegations::show(const Instance& delegation, const Actor& actor, const View&) const {
  Json out = delegation.data;
  for (const char* member : {"reason", "revoke_reason"}) {
    if (delegation.personal->contains(member)) out[member] = delegation.personal->at(member);
  }
  out["mine"] = side_of(delegation, actor);
  out["people"] = Json::object();
  for (const auto& [name, person] : people_of(delegation).items()) {
    out["people"][name] = {{"name", text_of(person, "name")}};
  }
  return out;
}

Principal person_of(const Instance& delegation, std::string_view which) {
  const Json& people = people_of(delegation);
  const auto found = people.find(text_of(delegation.data, which));
  return found == people.end() ? Principal{} : Principal{text_of(*found, "person"), text_of(*found, "name")};
}

}  // namespace sparkgate::delegation
