#include "workflows/access.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

constexpr size_t k_max_area_levels = 16;  // a broken tree must not hold the writer

}  // namespace

std::vector<std::string> area_chain(std::string_view area, const View& view) {
  std::vector<std::string> chain;
  std::string code(area);
  while (!code.empty() && chain.size() < k_max_area_levels) {
    chain.push_back(code);
    std::string parent;
    for (const InstancePtr& found : view.linked("area", "area_code", code)) {
      if (found->state != "Revoked") parent = text_of(found->data, "parent");
    }
    code = std::move(parent);
  }
  return chain;
}

bool covers(const Grant& grant, const Scope& scope, const View& view) {
  if (!grant.unit.empty() && grant.unit != scope.unit) return false;
  if (grant.area.empty() || grant.area == scope.area) return true;
  const auto chain = area_chain(scope.area, view);
  return std::find(chain.begin(), chain.end(), grant.area) != chain.end();
}

bool has_role(const Actor& actor, std::string_view role, const Scope& scope, const View& view) {
  return std::any_of(actor.grants.begin(), actor.grants.end(),
                     [&](const Grant& grant) { return grant.role == role && covers(grant, scope, view); });
}

bool has_any_role(const Actor& actor, const std::vector<std::string>& roles, const Scope& scope, const View& view) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](const std::string& role) { return has_role(actor, role, scope, view); });
}

bool has_role_somewhere(const Actor& actor, const std::vector<std::string>& roles) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return std::find(roles.begin(), roles.end(), grant.role) != roles.end();
  });
}

bool has_role_over(const Actor& actor, std::string_view role, const Json& areas) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    const bool reaches = grant.area.empty() || std::find(areas.begin(), areas.end(), grant.area) != areas.end();
    return grant.role == role && grant.unit.empty() && reaches;
  });
}

std::string notice_path(const Json& areas) {
  std::string path = "/";
  for (auto it = areas.rbegin(); it != areas.rend(); ++it) path += it->get<std::string>() + "/";
  return path;
}

const std::vector<std::string>& roles_that_see_numbers() {
  static const std::vector<std::string> roles = {"admin",       "supervisor", "auditor",
                                                 "enforcement", "applicant",  "site_owner"};
  return roles;
}

std::string masked(std::string_view identifier) {
  constexpr size_t k_shown = 4;
  return identifier.size() <= k_shown ? "****" : "****" + std::string(identifier.substr(identifier.size() - k_shown));
}

tl::unexpected<Refusal> refuse_role(const std::vector<std::string>& roles) {
  std::string list;
  for (const std::string& role : roles) list += (list.empty() ? "" : ", ") + role;
  return refuse(Code::role_required, {{"roles", list}});
}

}  // namespace sparkgate
