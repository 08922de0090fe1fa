#include "workflows/violation/workflow.h"

#include "engine/base/codes.h"
#include "engine/base/messages.h"
#include "workflows/access.h"
#include "workflows/registry/kinds.h"
#include "workflows/totals.h"
#include "workflows/violation/description.h"
#include "workflows/violation/lifecycle.h"

namespace sparkgate::violation {
namespace {

constexpr const char* k_readers[] = {"enforcement", "auditor", "supervisor"};
constexpr const char* k_facts[] = {"area", "address", "unit", "owner_unit", "permit", "inspection", "items"};

Result<void> check_role(const Situation& s, const EventSpec& spec) {
  const bool is_system_s = spec.roles.empty() || spec.creates;
  if (s.actor.system) return is_system_s ? Result<void>() : Result<void>(refuse_role(spec.roles));
  if (spec.roles.empty()) return refuse_role({"system"});
  const bool may = spec.creates ? has_role_somewhere(s.actor, spec.roles)
                                : has_role_over(s.actor, "enforcement", s.instance.data.at("areas"));
  return may ? Result<void>() : Result<void>(refuse_role(spec.roles));
}

tl::unexpected<Refusal> unknown(const char* member, const std::string& value) {
  return refuse(Code::unknown_reference, {{"path", std::string("/") + member}, {"value", value}});
}

// What a record names lies in the same area: nobody learns of things elsewhere by naming them.
Result<void> check_reference(const Situation& s, const Json& payload, const char* member, std::string_view workflow) {
  if (!payload.contains(member)) return {};
  const std::string id = text_of(payload, member);
  const InstancePtr found = s.view.find(id);
  if (!found || found->workflow != workflow) return unknown(member, id);
  const Json& areas = found->data.at("areas");
  if (areas.empty() || areas.front() != payload.at("area")) return unknown(member, id);
  return {};
}

Notice to_enforcement(const Json& facts) {
  Notice notice;
  notice.role = "enforcement";
  notice.area = notice_path(facts.at("areas"));
  notice.code = name_of(Message::violation_recorded);
  notice.details = {{"address", facts.at("address")}, {"count", facts.at("items").size()}};
  return notice;
}

// Whoever inspected takes part under a name of this record, so that they may read what became of it.
void name_inspector(const Situation& s, const Json& payload, Cast& cast, Decision& decision) {
  const InstancePtr inspection = s.view.find(text_of(payload, "inspection"));
  if (!inspection) return;
  const Json& people = people_of(*inspection);
  const auto opener = people.find(text_of(inspection->data, "opened_by"));
  if (opener == people.end()) return;
  decision.facts["inspector"] = cast.name(text_of(*opener, "person"), {{"name", text_of(*opener, "name")}});
}

Result<Decision> record(const Situation& s, const Json& payload, Cast& cast) {
  const std::string area = text_of(payload, "area");
  if (!registry::find_one(s.view, "area", area)) return unknown("area", area);
  const Json areas = area_chain(area, s.view);
  if (!s.actor.system && !has_role_over(s.actor, "enforcement", areas)) return refuse_role({"enforcement"});
  constexpr std::pair<const char*, const char*> k_named[] = {{"permit", "hot_work_permit"},
                                                             {"inspection", "inspection"}};
  for (const auto& [member, workflow] : k_named) {
    if (auto known = check_reference(s, payload, member, workflow); !known) return tl::make_unexpected(known.error());
  }
  Decision decision;
  for (const char* member : k_facts) {
    if (payload.contains(member)) decision.facts[member] = payload.at(member);
  }
  if (payload.contains("note")) decision.personal["note"] = payload.at("note");
  decision.facts["areas"] = areas;
  name_inspector(s, payload, cast, decision);
  decision.notices.push_back(to_enforcement(decision.facts));
  return decision;
}

// Whom the inspection's record names; "" once erased, or where nobody inspected.
std::string inspector_of(const Instance& violation) {
  const Json& people = people_of(violation);
  const auto inspector = people.find(text_of(violation.data, "inspector"));
  return inspector == people.end() ? "" : text_of(*inspector, "person");
}

}  // namespace

Violations::Violations(Settings settings) : settings_(settings), description_(make_description()) {}

Result<void> Violations::assess(const Situation& situation) const {
  const EventSpec* spec = description_.event(situation.event);
  if (!spec) return refuse(Code::unknown_event, {{"event", situation.event}});
  if (auto may = check_role(situation, *spec); !may) return may;
  if (description_.leads(situation.instance.state, situation.event)) return {};
  return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
}

Result<Decision> Violations::decide(const Situation& situation, const Json& payload, Cast& cast) const {
  if (auto may = assess(situation); !may) return tl::make_unexpected(std::move(may.error()));
  if (situation.event == "record") return record(situation, payload, cast);
  Decision decision;
  decision.erase = situation.event == "erase";
  if (payload.contains("reason")) decision.facts["reason"] = payload.at("reason");
  if (payload.contains("note")) decision.personal["note"] = payload.at("note");
  return decision;
}

Result<void> Violations::apply(Instance& instance, const Recorded& entry) const {
  auto to = step(instance.state, entry.event);
  if (!to) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  instance.state = std::move(*to);
  Json& data = instance.data;
  if (entry.event == "erase") {
    data["erased_at"] = format_time(entry.at);
    return {};
  }
  if (entry.event == "record") data = entry.facts;
  const char* stamped = entry.event == "record" ? "recorded" : entry.event == "confirm" ? "confirmed" : "dismissed";
  data[stamped] = {{"by", entry.actor}, {"at", format_time(entry.at)}};
  if (entry.event == "dismiss") data[stamped]["reason"] = entry.facts.at("reason");
  if (!entry.personal.is_object() || !entry.personal.contains("note")) return {};
  Json personal = instance.personal;
  personal["notes"][stamped] = entry.personal.at("note");
  instance.personal = std::move(personal);
  return {};
}

// A dismissal starts the retention; what is confirmed stays, for whatever follows from it.
std::vector<Timer> Violations::timers(const Instance& violation) const {
  if (violation.state != "Dismissed" || violation.data.contains("erased_at")) return {};
  return {{"retention_end", violation.at + hours(24) * settings_.retention_days, "erase"}};
}

// How many are in each state now: "violations/500230/now/Recorded".
std::vector<Tally> Violations::tallies(const Instance& before, const Instance& after, const Recorded&) const {
  std::vector<Tally> out;
  const auto place = [](const Instance& i) { return i.state.empty() ? "" : "now/" + i.state; };
  move_total("violations", before, place(before), after, place(after), out);
  return out;
}

Index Violations::index(const Instance& violation, const View&) const {
  Index out;
  out.area = text_of(violation.data, "area");
  out.unit = text_of(violation.data, "unit");
  for (const Json& area : violation.data.at("areas")) out.links.emplace_back("area", area.get<std::string>());
  constexpr std::pair<const char*, const char*> k_links[] = {
      {"unit_code", "unit"}, {"permit", "permit"}, {"inspection", "inspection"}};
  for (const auto& [kind, member] : k_links) {
    if (violation.data.contains(member)) out.links.emplace_back(kind, text_of(violation.data, member));
  }
  std::string person = inspector_of(violation);
  if (!person.empty()) out.links.emplace_back("person", std::move(person));
  return out;
}

bool Violations::readable(const Instance& violation, const Actor& actor, const View&) const {
  if (actor.system || (!actor.person.empty() && inspector_of(violation) == actor.person)) return true;
  return std::any_of(std::begin(k_readers), std::end(k_readers), [&](const char* role) {
    return has_role_over(actor, role, violation.data.at("areas"));
  });
}

Json Violations::show(const Instance& violation, const Actor&, const View&) const {
  Json out = violation.data;
  const Json notes = violation.personal->value("notes", Json::object());
  for (const auto& [stamped, note] : notes.items()) out[stamped]["note"] = note;
  out["people"] = Json::object();
  for (const auto& [name, person] : people_of(violation).items()) {
    out["people"][name] = {{"name", text_of(person, "name")}};
  }
  return out;
}

}  // namespace sparkgate::violation
