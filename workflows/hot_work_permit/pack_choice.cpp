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

struct Wanted {
  Ids allowed;
  std::string id;
  const rules::Pack* pack;  // null when there is none
};

Wanted wanted(const Json& application, const PackChoice& choice) {
  Ids ids = allowed(application, choice);
  std::string id = application.value("pack", ids.front());
  const rules::Pack* pack = rule_packs::in_force(choice.view, choice.packs, id, choice.at);
  return {std::move(ids), std::move(id), pack};
}

std::string joined(const Ids& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + id;
  return out;
}

}  // namespace

Result<const rules::Pack*> pack_for(const Json& application, const PackChoice& choice) {
  const auto [ids, id, pack] = wanted(application, choice);
  const bool is_allowed = std::find(ids.begin(), ids.end(), id) != ids.end();
  if (pack && is_allowed) return pack;
  return refuse(pack ? Code::pack_not_allowed : Code::pack_unknown,
                {{"path", "/pack"}, {"value", id}, {"available", joined(ids)}});
}

const rules::Pack* pack_to_show(const Instance& permit, const PackChoice& choice) {
  if (permit.data.contains("pack")) return pack_of(permit, choice.packs);
  const rules::Pack* pack = wanted(permit.data.at("application"), choice).pack;
  return pack ? pack : rule_packs::in_force(choice.view, choice.packs, choice.usual, choice.at);
}

}  // namespace sparkgate::permit
