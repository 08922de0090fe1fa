#include "workflows/delegation/principal.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/delegation/workflow.h"
#include "workflows/registry/checks.h"

namespace sparkgate::delegation {
namespace {

tl::unexpected<Refusal> no_principal(const char* zh, const char* en) {
  return refuse(Code::delegation_void, {{"reason", bilingual(zh, en)}});
}

// Recorded areas, nearest first, against those that somebody answers for: none means everywhere.
bool reaches(const Json& delegated, const Json& areas) {
  return delegated.empty() || std::any_of(delegated.begin(), delegated.end(), [&](const Json& area) {
    return std::find(areas.begin(), areas.end(), area) != areas.end();
  });
}

bool is_supervisor_there(const View& view, const std::string& person, const Json& areas) {
  const auto supervised = supervised_areas(view, person);
  return std::any_of(supervised.begin(), supervised.end(), [&](const std::string& area) {
    return area.empty() || std::find(areas.begin(), areas.end(), area) != areas.end();
  });
}

}  // namespace

Result<Principal> principal_of(const View& view, std::string_view delegation, const Actor& actor, const Json& areas) {
  const InstancePtr found = view.find(delegation);
  const bool is_mine = found && found->workflow == k_name && !actor.person.empty() &&
                       person_of(*found, "delegate").person == actor.person;
  if (!is_mine) return no_principal("没有给您的这项委托", "no such delegation was given to you");
  if (found->state != "InForce") return no_principal("委托不在有效期内", "the delegation is not in force");
  if (!reaches(found->data.at("areas"), areas)) {
    return no_principal("委托不含该区域", "the delegation does not reach this area");
  }
  Principal absent = person_of(*found, "absent");
  if (!is_supervisor_there(view, absent.person, areas)) {
    return no_principal("委托人已不是该区域的审批人", "whoever delegated is no supervisor of this area any more");
  }
  return absent;
}

std::vector<std::string> supervised_areas(const View& view, std::string_view person) {
  std::vector<std::string> areas;
  for (const InstancePtr& account : registry::accounts_of(view, person)) {
    if (account->state != "Valid") continue;
    for (const Grant& grant : registry::grants_of(account->data)) {
      if (grant.role == "supervisor" && grant.unit.empty()) areas.push_back(grant.area);
    }
  }
  return areas;
}

bool supervises(const std::vector<std::string>& supervised, const std::string& area, const View& view) {
  return std::any_of(supervised.begin(), supervised.end(), [&](const std::string& own) {
    return covers({"supervisor", "", own}, {"", area}, view);
  });
}

}  // namespace sparkgate::delegation
