#include "workflows/hot_work_permit/pack_choice.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/access.h"
#include "workflows/hot_work_permit/conditions.h"
#include "workflows/registry/kinds.h"
#include "workflows/rule_packs/in_force.h"

namespace sparkgate::permit {
namespace {

using Ids = std::vector<std::string>;

// Another regime asks for fewer approvers and less care: nobody chooses it by naming it.
Ids allowed(const Json& application, const PackChoice& choice) {
  for (const std::string& code : area_chain(text_of(application, "area"), choice.view)) {
    const InstancePtr area = registry::find_one(choice.view, "area", code);
    const Json packs = area ? area->data.value("packs", Json::array()) : Json::array();
    if (!packs.empty()) return packs.get<Ids>();
  }
  return {choice.usual};
}

std::string joined(const Ids& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + id;
  return out;
}

}  // namespace

Result<const rules::Pack*> pack_for(const Json& application, const PackChoice& choice) {
  const Ids ids = allowed(application, choice);
  const std::string wanted = application.value("pack", ids.front());
  const rules::Pack* pack = rule_packs::in_force(choice.view, choice.packs, wanted, choice.at);
  const Json details = {{"path", "/pack"}, {"value", wanted}, {"available", joined(ids)}};
  if (!pack) return refuse(Code::pack_unknown, details);
  if (std::find(ids.begin(), ids.end(), wanted) == ids.end()) return refuse(Code::pack_not_allowed, details);
  return pack;
}

const rules::Pack* pack_to_show(const Instance& permit, const PackChoice& choice) {
  if (permit.data.contains("pack")) return pack_of(permit, choice.packs);
  const Json& application = permit.data.at("application");
  const std::string wanted = application.value("pack", allowed(application, choice).front());
  const rules::Pack* pack = rule_packs::in_force(choice.view, choice.packs, wanted, choice.at);
  return pack ? pack : rule_packs::in_force(choice.view, choice.packs, choice.usual, choice.at);
}

}  // namespace sparkgate::permit
