// Accounts: which roles one human being may hold, and who may give them.
#include <algorithm>
#include <array>

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/access.h"
#include "workflows/registry/checks.h"

namespace sparkgate::registry {
namespace {

// Roles that one person never holds together, in whatever accounts.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> k_conflicts = {{
    {"admin", "supervisor"},  // gives roles; approves
    {"admin", "intake"},      // runs the service; reads what the public reported in confidence
}};

// Roles held within a unit. Without one such a grant would reach every unit.
constexpr std::array<std::string_view, 4> k_unit_roles = {"applicant", "site_owner", "operator", "fire_watch"};

bool holds(const std::vector<Grant>& grants, std::string_view role) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.role == role; });
}

Result<void> check_places(const std::vector<Grant>& grants, const View& view) {
  for (size_t i = 0; i < grants.size(); ++i) {
    const Grant& grant = grants[i];
    const std::string path = "/grants/" + std::to_string(i);
    if (!grant.unit.empty() && !find_one(view, "unit", grant.unit)) {
      return refuse(Code::unknown_reference, {{"path", path + "/unit"}, {"value", grant.unit}});
    }
    if (!grant.area.empty() && !find_one(view, "area", grant.area)) {
      return refuse(Code::unknown_reference, {{"path", path + "/area"}, {"value", grant.area}});
    }
    const bool of_unit = std::find(k_unit_roles.begin(), k_unit_roles.end(), grant.role) != k_unit_roles.end();
    if (of_unit && grant.unit.empty()) {
      return refuse(Code::payload_invalid,
                    {{"path", path + "/unit"}, {"reason", bilingual("该角色须指明单位", "is required for this role")}});
    }
  }
  return {};
}

Result<void> check_conflicts(const std::vector<Grant>& grants) {
  for (const auto& [one, other] : k_conflicts) {
    if (holds(grants, one) && holds(grants, other))
      return refuse(Code::roles_conflict, {{"actual", one}, {"needed", other}});
  }
  return {};
}

}  // namespace

std::vector<Grant> grants_of(const Json& record) {
  std::vector<Grant> grants;
  for (const Json& grant : record.value("grants", Json::array())) {
    grants.push_back({text_of(grant, "role"), text_of(grant, "unit"), text_of(grant, "area")});
  }
  return grants;
}

std::vector<InstancePtr> accounts_of(const View& view, std::string_view person) {
  std::vector<InstancePtr> live;
  for (InstancePtr& account : view.linked("account", "person", person)) {
    if (account->state != "Revoked") live.push_back(std::move(account));
  }
  return live;
}

const std::vector<std::string>& every_role() {
  static const std::vector<std::string> roles =
      Json::parse(embedded("workflows/registry/account.schema.json"))
          .at("/properties/grants/items/properties/role/enum"_json_pointer);
  return roles;
}

bool oversees(const Actor& actor, std::string_view role, const Json& record, const View& view) {
  const auto grants = grants_of(record);
  return std::all_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    Scope scope{grant.unit, grant.area};
    if (scope.area.empty() && !scope.unit.empty()) {
      if (const InstancePtr unit = find_one(view, "unit", scope.unit)) scope.area = text_of(unit->data, "area");
    }
    return has_role(actor, role, scope, view);
  });
}

Result<void> check_account(const Situation& situation, const Json& record) {
  auto grants = grants_of(record);
  if (auto placed = check_places(grants, situation.view); !placed) return placed;
  const InstancePtr person = find_one(situation.view, "person", text_of(record, "id_number"));
  const Json& before = situation.instance.data;
  const bool changes = before.value("grants", Json()) != record.at("grants") ||
                       before.value("must_sign", false) != record.value("must_sign", false);
  if (changes && person && person->id == situation.actor.person) return refuse(Code::own_grants);
  // A suspended account counts: reinstating it needs no second look.
  for (const InstancePtr& other : person ? accounts_of(situation.view, person->id) : std::vector<InstancePtr>()) {
    if (other->id == situation.instance.id) continue;
    const auto held = grants_of(other->data);
    grants.insert(grants.end(), held.begin(), held.end());
  }
  if (auto apart = check_conflicts(grants); !apart) return apart;
  const bool may = situation.actor.system || oversees(situation.actor, "admin", record, situation.view);
  if (!may) return refuse_role({"admin"});
  return {};
}

}  // namespace sparkgate::registry
