#include "api/delegates.h"

#include <algorithm>
#include <set>

#include "api/reading.h"
#include "workflows/delegation/principal.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::api {
namespace {

constexpr int k_accounts_a_page = 200;

// Everybody with an account, each once, by the id of the person.
std::set<std::string> people_with_accounts(Reader& reader) {
  std::set<std::string> people;
  ListQuery query;
  query.workflow = "account";
  query.limit = k_accounts_a_page;
  for (;;) {
    const ListPage page = reader.list(query);
    for (const InstancePtr& account : page.items) people.insert(text_of(account->personal, "person"));
    if (page.next.empty()) break;
    query.after = page.next;
  }
  people.erase("");
  return people;
}

}  // namespace

// Those who supervise all that the caller does, or only a part of it: the form then asks for the area.
Result<Response> list_delegates(const Call& call) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const auto own = delegation::supervised_areas(view, call.actor().person);
  Json items = Json::array();
  for (const std::string& id : people_with_accounts(*reader)) {
    const auto areas = delegation::supervised_areas(view, id);
    if (areas.empty() || id == call.actor().person) continue;
    const InstancePtr person = view.find(id);
    if (!person) continue;
    const bool stands_in_everywhere = std::all_of(own.begin(), own.end(), [&](const std::string& area) {
      return delegation::supervises(areas, area, view);
    });
    const bool stands_in_somewhere = std::any_of(areas.begin(), areas.end(), [&](const std::string& area) {
      return delegation::supervises(own, area, view);
    });
    if (!stands_in_everywhere && !stands_in_somewhere) continue;
    items.push_back({{"person", id},
                     {"name", registry::member_of(*person, "name")},
                     {"areas", areas},
                     {"everywhere", stands_in_everywhere}});
  }
  std::sort(items.begin(), items.end(),
            [](const Json& a, const Json& b) { return text_of(a, "name") < text_of(b, "name"); });
  return json_response({{"items", std::move(items)}});
}

}  // namespace sparkgate::api
