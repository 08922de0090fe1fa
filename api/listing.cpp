// Lists a page at a time, newest first; a cursor is the id of the last one looked at.
#include "api/query.h"
#include "api/reading.h"

namespace sparkgate::api {
namespace {

constexpr int64_t k_most_items = 200;
constexpr int64_t k_usual_items = 50;
constexpr int k_most_rounds = 8;  // of reading on when the page's instances turn out to be unreadable

/// Roles that read everywhere; whether they read this workflow at all is its own readable().
bool reads_everywhere(const Actor& actor) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [](const Grant& grant) {
    return grant.role == "admin" || grant.role == "auditor" || (grant.unit.empty() && grant.area.empty());
  });
}

// Where the caller's grants reach, as links; readable() has the last word.
std::vector<std::pair<std::string, std::string>> scopes_of(const Actor& actor) {
  std::vector<std::pair<std::string, std::string>> scopes;
  if (reads_everywhere(actor)) return scopes;
  const auto add = [&](const char* kind, const std::string& ref) {
    const std::pair<std::string, std::string> scope(kind, ref);
    if (!ref.empty() && std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
  };
  for (const Grant& grant : actor.grants) {
    add("unit_code", grant.unit);
    if (grant.unit.empty()) add("area", grant.area);
  }
  add("person", actor.person);
  return scopes;
}

bool is_id(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-';
  });
}

/// Parameters that ask for instances with that link; a workflow without such links has none.
constexpr std::pair<const char*, const char*> k_filters[] = {{"area", "area"},
                                                             {"unit", "unit_code"},
                                                             {"number", "number"},
                                                             {"notice_code", "notice_code"},
                                                             {"permit", "permit"},
                                                             {"inspection", "inspection"}};

Result<ListQuery> query_of(const Call& call, const Workflow& workflow) {
  const auto query = Query::of(call.request, {"limit", "cursor", "state", "area", "unit", "number", "notice_code",
                                              "permit", "inspection", "from", "until"});
  if (!query) return tl::make_unexpected(query.error());
  const auto limit = query->number("limit", 1, k_most_items, k_usual_items);
  if (!limit) return tl::make_unexpected(limit.error());
  const auto from = query->time("from"), until = query->time("until");
  if (!from) return tl::make_unexpected(from.error());
  if (!until) return tl::make_unexpected(until.error());
  ListQuery list;
  list.workflow = workflow.description().name;
  list.limit = static_cast<int>(*limit);
  list.before = query->text("cursor");
  list.state = query->text("state");
  list.from = *from;
  list.until = *until;
  if (!is_id(list.before)) {
    return refuse_parameter("cursor", "不是上一页的 next_cursor", "it is no next_cursor of an earlier page");
  }
  if (!list.state.empty() && !workflow.description().state(list.state)) {
    return refuse_parameter("state", "该流程没有这个状态", "the workflow has no such state");
  }
  for (const auto& [name, kind] : k_filters) {
    if (std::string ref = query->text(name); !ref.empty()) list.links.emplace_back(kind, std::move(ref));
  }
  if (!workflow.description().open) list.scopes = scopes_of(call.actor());
  return list;
}

}  // namespace

Result<Response> list_instances(const Call& call) {
  const auto workflow = call.workflow();
  if (!workflow) return tl::make_unexpected(workflow.error());
  auto query = query_of(call, **workflow);
  if (!query) return tl::make_unexpected(query.error());
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const size_t wanted = static_cast<size_t>(query->limit);
  Json items = Json::array();
  bool more = true;
  for (int round = 0; more && items.size() < wanted && round < k_most_rounds; ++round) {
    query->limit = static_cast<int>(wanted - items.size());
    const auto page = reader->list(*query);
    more = page.size() == static_cast<size_t>(query->limit);
    for (const InstancePtr& instance : page) {
      query->before = instance->id;
      if (!(*workflow)->readable(*instance, call.actor(), view)) continue;
      items.push_back(instance_json(**workflow, *instance, call, view));
    }
  }
  return json_response({{"items", std::move(items)}, {"next_cursor", more ? Json(query->before) : Json()}});
}

}  // namespace sparkgate::api
