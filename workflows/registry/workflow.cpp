#include "workflows/registry/workflow.h"

#include <algorithm>
#include <stdexcept>

#include "certs/password.h"
#include "engine/base/codes.h"
#include "workflows/registry/checks.h"
#include "workflows/registry/description.h"
#include "workflows/registry/lifecycle.h"

namespace sparkgate::registry {
namespace {

constexpr std::string_view k_permit = "hot_work_permit";

// Permits under way that rely on the record hear that it is no longer what they were judged by.
void suspend_permits(const Kind& kind, const Situation& situation, Decision& decision) {
  for (const InstancePtr& permit : situation.view.linked(k_permit, kind.name, situation.instance.id)) {
    if (permit->state != "InProgress" && permit->state != "Suspended") continue;
    decision.follow_ups.push_back(
        {std::string(k_permit), permit->id, "suspend", {{"cause", kind.name}, {"ref", situation.instance.id}}});
  }
}

// A record lies in its unit's area, and an area in those above it: what moves takes with it the index of all below.
void reindex_below(const Kind& kind, const Situation& situation, Decision& decision) {
  const auto record = decision.facts.find("record");
  if (record == decision.facts.end()) return;
  const bool unit_moves = kind.name == "unit" && situation.event == "amend" &&
                          record->at("area") != situation.instance.data.value("area", Json());
  const bool area_returns = kind.name == "area" && situation.event == "register";  // revoked, and now lies elsewhere
  if (!unit_moves && !area_returns) return;
  const std::string key = text_of(*record, kind.key.member);
  for (const Kind& below : kinds()) {
    for (const InstancePtr& one : situation.view.linked(below.name, unit_moves ? "unit_code" : "area", key)) {
      if (one->id != situation.instance.id) decision.reindex.push_back(one->id);
    }
  }
}

}  // namespace

RecordWorkflow::RecordWorkflow(const Kind& kind) : kind_(kind), form_(kind), description_(describe(kind, form_)) {}

std::vector<std::unique_ptr<Workflow>> workflows() {
  std::vector<std::unique_ptr<Workflow>> all;
  for (const Kind& kind : kinds()) all.push_back(std::make_unique<RecordWorkflow>(kind));
  return all;
}

bool RecordWorkflow::may(const Actor& actor, const std::vector<std::string>& roles, const Instance& instance,
                         const View& view) const {
  if (actor.system) return true;
  if (instance.version == 0) return has_role_somewhere(actor, roles);
  if (kind_.name == "account") return oversees(actor, "admin", instance.data, view);
  return has_any_role(actor, roles, form_.scope_of(instance, view), view);
}

bool RecordWorkflow::is_self(const Instance& instance, const Actor& actor, const View& view) const {
  if (kind_.name == "account") return !actor.account.empty() && instance.id == actor.account;
  const std::string id_number = text_of(instance.personal, "id_number");
  if (actor.person.empty() || id_number.empty()) return false;
  const InstancePtr person = view.find(actor.person);
  return person && text_of(person->personal, "id_number") == id_number;
}

Result<void> RecordWorkflow::assess(const Situation& situation) const {
  const EventSpec* spec = description_.event(situation.event);
  if (!spec) return refuse(Code::unknown_event, {{"event", situation.event}});
  const bool own_password =
      spec->name == "set_password" && is_self(situation.instance, situation.actor, situation.view);
  if (!own_password && !may(situation.actor, spec->roles, situation.instance, situation.view)) {
    return refuse_role(spec->name == "set_password" ? kind_.decides : spec->roles);
  }
  if (!description_.leads(situation.instance.state, situation.event)) {
    return refuse(Code::wrong_state, {{"state", situation.instance.state}, {"event", situation.event}});
  }
  return {};
}

// The whole record as it will be after the event.
Result<Json> RecordWorkflow::record_after(const Situation& situation, const Json& payload) const {
  if (situation.event == "register") return form_.read(payload, situation.view);
  auto patched = form_.patched(form_.record_of(situation.instance), payload);
  if (!patched) return patched;
  return form_.read(std::move(*patched), situation.view);
}

Result<void> RecordWorkflow::check_register(const Situation& situation, const Json& record) const {
  const std::string key = text_of(record, kind_.key.member);
  for (const InstancePtr& other : find_all(situation.view, kind_.name, key)) {
    if (kind_.key_also.empty() || member_of(*other, kind_.key_also) == text_of(record, kind_.key_also)) {
      return refuse(Code::already_registered, {{"key", key}});
    }
  }
  return {};
}

Result<void> RecordWorkflow::keep_record(const Situation& situation, const Json& payload, Decision& decision) const {
  const auto record = record_after(situation, payload);
  if (!record) return tl::make_unexpected(record.error());
  const Scope scope = form_.scope_of(*record, situation.view);
  const auto& roles = description_.event(situation.event)->roles;
  const bool system = situation.actor.system;
  if (!system && kind_.name != "account" && !has_any_role(situation.actor, roles, scope, situation.view)) {
    return refuse_role(roles);
  }
  if (situation.event == "register") {
    if (auto fresh = check_register(situation, *record); !fresh) return fresh;
  }
  if (kind_.check) {
    if (auto good = kind_.check(situation, *record); !good) return good;
  }
  const bool decides = kind_.name == "account" || has_any_role(situation.actor, kind_.decides, scope, situation.view);
  decision.facts = {
      {"record", form_.facts_of(*record)},
      {"is_verified", system || (decides && may(situation.actor, kind_.decides, situation.instance, situation.view))},
      {"is_suspended", text_of(payload, "status") == "suspended"}};
  decision.personal["record"] = form_.personal_of(*record);
  if (kind_.name == "account") {
    decision.personal["record"]["person"] = find_one(situation.view, "person", text_of(*record, "id_number"))->id;
  }
  return {};
}

// Who may not set the password costs no verifier.
Result<void> RecordWorkflow::prepare(Command& command, const View& view, Random& random) const {
  const InstancePtr account = view.find(command.instance);
  const bool is_there = account && account->workflow == kind_.name && readable(*account, command.actor, view);
  if (!is_there) return refuse(Code::not_found);
  const Situation situation{*account, command.event, command.actor, Time{}, view, random};
  if (auto able = assess(situation); !able) return able;
  const std::string password = text_of(command.payload, "password");
  if (auto good = check_password(password, text_of(account->personal, "login")); !good) return good;
  command.secrets.emplace_back("password", password_verifier(password, random));
  command.payload = Json::object();
  return {};
}

// Does it change what permits were judged by: is the record no longer valid, or one of its facts another?
bool RecordWorkflow::shakes_permits(const Situation& situation, const Decision& decision) const {
  if (!kind_.in_permits || situation.instance.state != "Valid") return false;
  if (situation.event != "amend") return true;
  return !decision.facts.at("is_verified").get<bool>() || decision.facts.at("record") != situation.instance.data;
}

Result<Decision> RecordWorkflow::decide(const Situation& situation, const Json& payload, Cast&) const {
  if (auto able = assess(situation); !able) return tl::make_unexpected(able.error());
  Decision decision;
  Result<void> kept;
  if (situation.event == "register" || situation.event == "amend") {
    kept = keep_record(situation, payload, decision);
  } else if (situation.event == "set_password") {
    if (!payload.empty()) throw std::logic_error("a password has come to decide()");
  } else if (situation.event == "erase") {
    decision.erase = true;
  } else {
    decision.personal["note"] = payload.value("note", Json());
  }
  if (!kept) return tl::make_unexpected(kept.error());
  if (shakes_permits(situation, decision)) suspend_permits(kind_, situation, decision);
  reindex_below(kind_, situation, decision);
  return decision;
}

Result<void> RecordWorkflow::apply(Instance& instance, const Recorded& entry) const {
  if (entry.event == "set_password") {
    if (description_.leads(instance.state, entry.event)) return {};
    return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  }
  const LifecycleFacts facts{entry.facts.value("is_verified", false), entry.facts.value("is_suspended", false)};
  auto state = step(instance.state, entry.event, facts);
  if (!state) return refuse(Code::wrong_state, {{"state", instance.state}, {"event", entry.event}});
  instance.state = std::move(*state);
  if (const auto record = entry.facts.find("record"); record != entry.facts.end()) instance.data = *record;
  if (entry.personal.is_object()) {  // null once erased
    Json personal = instance.personal;
    personal.merge_patch(entry.personal.value("record", Json::object()));
    if (const auto note = entry.personal.find("note"); note != entry.personal.end()) {
      personal.merge_patch({{"note", *note}});
    }
    instance.personal = std::move(personal);
  }
  return {};
}

Index RecordWorkflow::index(const Instance& instance, const View& view) const {
  const Scope scope = form_.scope_of(instance, view);
  Index out;
  out.unit = scope.unit;
  out.area = scope.area;
  std::vector<std::string> areas = area_chain(scope.area, view), units;
  if (kind_.name == "area") {
    out.area = text_of(instance.data, "code");
    areas.insert(areas.begin(), out.area);
  }
  if (!scope.unit.empty()) units.push_back(scope.unit);
  for (const Grant& grant : grants_of(instance.data)) {
    if (!grant.unit.empty()) units.push_back(grant.unit);
    for (std::string& area : area_chain(grant.area, view)) areas.push_back(std::move(area));
  }
  const auto link = [&](std::string_view kind, std::string ref) {
    std::pair<std::string, std::string> row{kind, std::move(ref)};
    const bool known = std::find(out.links.begin(), out.links.end(), row) != out.links.end();
    if (!row.second.empty() && !known) out.links.push_back(std::move(row));
  };
  link(kind_.key.kind, member_of(instance, kind_.key.member));
  for (const MemberLink& more : kind_.links) link(more.kind, member_of(instance, more.member));
  for (std::string& unit : units) link("unit_code", std::move(unit));
  for (std::string& area : areas) link("area", std::move(area));
  return out;
}

bool RecordWorkflow::readable(const Instance& instance, const Actor& actor, const View& view) const {
  if (actor.system || kind_.readers.empty() || is_self(instance, actor, view)) return true;
  return may(actor, kind_.readers, instance, view);
}

Json RecordWorkflow::show(const Instance& instance, const Actor& actor, const View& view) const {
  Json out = form_.record_of(instance);
  const bool plain = actor.system || is_self(instance, actor, view) || kind_.name == "account" ||
                     has_any_role(actor, roles_that_see_numbers(), form_.scope_of(instance, view), view);
  const Json personal = form_.personal_of(out);
  for (const auto& [name, value] : personal.items()) {
    if (!plain && name != "name" && value.is_string()) out[name] = masked(value.get_ref<const std::string&>());
  }
  for (const char* more : {"person", "note"}) {
    if (instance.personal->contains(more)) out[more] = instance.personal->at(more);
  }
  return out;
}

}  // namespace sparkgate::registry
