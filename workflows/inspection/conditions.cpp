#include "workflows/inspection/conditions.h"

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/lifecycle.h"
#include "workflows/hot_work_permit/roles.h"
#include "workflows/inspection/checklist.h"

namespace sparkgate::inspection {
namespace {

Result<void> is_apart(const Situation& s) {
  const InstancePtr permit = permit_of(s.instance, s.view);
  return permit ? check_apart(*permit, s.actor) : Result<void>();
}

// Whoever began it ends it, or a supervisor where they cannot.
Result<void> is_theirs(const Situation& s) {
  const Json& people = people_of(s.instance);
  const auto opener = people.find(text_of(s.instance.data, "opened_by"));
  const bool is_known = opener != people.end();
  if (is_known && !s.actor.person.empty() && text_of(*opener, "person") == s.actor.person) return {};
  if (has_role_over(s.actor, "supervisor", s.instance.data.at("areas"))) return {};
  return refuse(Code::not_the_named_person, {{"person", is_known ? text_of(*opener, "name") : ""}});
}

Result<void> has_not_stopped(const Situation& s) {
  return s.instance.data.contains("stopped") ? Result<void>(refuse(Code::work_already_stopped)) : Result<void>();
}

Result<void> has_work_to_stop(const Situation& s) {
  const InstancePtr permit = permit_of(s.instance, s.view);
  return permit && can_be_stopped(*permit) ? Result<void>() : Result<void>(refuse(Code::nothing_to_stop));
}

Result<void> is_complete(const Situation& s) {
  auto missing = missing_results(s.instance);
  if (missing.empty()) return {};
  return refuse_with(Code::checklist_incomplete, std::move(missing));
}

struct ConditionRow {
  std::string_view event;
  std::vector<Result<void> (*)(const Situation&)> conditions;
};
const std::vector<ConditionRow>& table() {
  static const std::vector<ConditionRow> rows = {
      {"begin", {is_apart}},
      {"record", {is_apart}},
      {"stop_work", {is_apart, has_not_stopped, has_work_to_stop}},
      {"conclude", {is_apart, is_theirs, is_complete}},
      {"withdraw", {is_theirs, has_not_stopped}},  // who has stopped work says in the end what was found
  };
  return rows;
}

}  // namespace

InstancePtr permit_of(const Instance& inspection, const View& view) {
  const auto seen = inspection.data.find("permit");
  return seen == inspection.data.end() ? nullptr : view.find(text_of(*seen, "id"));
}

bool can_be_stopped(const Instance& permit) { return permit::step(permit.state, "suspend", {}).has_value(); }

std::string acting_role(const Actor& actor, const Json& areas) {
  for (const char* role : {"enforcement", "supervisor", "inspector", "grid_worker"}) {
    if (has_role_over(actor, role, areas)) return role;
  }
  return "";
}

Result<void> check_apart(const Instance& permit, const Actor& actor) {
  if (permit::takes_part(permit, permit::name_within(permit, actor))) return refuse(Code::separation_of_duties);
  return {};
}

Result<void> check_conditions(const Situation& situation) {
  for (const ConditionRow& row : table()) {
    if (row.event != situation.event) continue;
    for (const auto condition : row.conditions) {
      if (auto met = condition(situation); !met) return met;
    }
  }
  return {};
}

}  // namespace sparkgate::inspection
