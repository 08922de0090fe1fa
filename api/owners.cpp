#include "api/owners.h"

#include "api/query.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_most_looked_at = 1000;  // units of an area: whoever has more names a smaller one

}  // namespace

// Only what stands on any signboard: name and code, never why a unit is suspended.
Result<Response> list_owners(const Call& call) {
  const auto query = Query::of(call.request, {"area"});
  if (!query) return tl::make_unexpected(query.error());
  const std::string area = query->text("area");
  if (area.empty()) return refuse_parameter("area", "请给出区域代码", "an area's code is needed");
  ListQuery list;
  list.workflow = "unit";
  list.links = {{"area", area}};
  list.limit = k_most_looked_at;
  auto reader = call.service.engine.read();
  Json items = Json::array();
  const ListPage page = reader->list(list);
  for (const InstancePtr& unit : page.items) {
    if (unit->state == "Revoked" || text_of(unit->data, "kind") != "owner") continue;
    items.push_back({{"credit_code", unit->data.at("credit_code")}, {"name", unit->data.at("name")}});
  }
  return json_response({{"items", std::move(items)}});
}

}  // namespace sparkgate::api
