// Lists a page at a time.
#include "api/query.h"
#include "api/reading.h"

namespace sparkgate::api {
namespace {

constexpr int64_t k_most_items = 200;
constexpr int64_t k_usual_items = 50;
constexpr size_t k_longest_words = 100;
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

bool may_be_cursor(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.';
  });
}

/// Parameters that ask for instances with that link; a workflow without such links has none.
constexpr std::pair<const char*, const char*> k_filters[] = {{"area", "area"},
                                                             {"unit", "unit_code"},
                                                             {"number", "number"},
                                                             {"notice_code", "notice_code"},
                                                             {"permit", "permit"},
                                                             {"inspection", "inspection"}};

Result<void> take_states(const Query& query, const Description& description, ListQuery& list) {
  list.states = query.texts("state");
  list.states_are_few = !list.states.empty();
  for (const std::string& name : list.states) {
    const StateSpec* state = description.state(name);
    if (!state) return refuse_parameter("state", "该流程没有这个状态", "the workflow has no such state");
    list.states_are_few = list.states_are_few && !state->terminal;
  }
  return {};
}

// What has ended waits for nothing.
void take_all_live_states(const Description& description, ListQuery& list) {
  for (const StateSpec& state : description.states) {
    if (!state.terminal) list.states.push_back(state.name);
  }
}

Result<void> take_order(const Query& query, const Description& description, ListQuery& list) {
  const std::string order = query.text("order");
  list.words = query.text("q");
  if (list.words.size() > k_longest_words) {
    return refuse_parameter("q", "过长（上限 100 字节）", "it is too long (100 bytes at most)");
  }
  if (order.empty() || order == "newest") return {};
  if (order != "due") return refuse_parameter("order", "应为 newest 或 due", "newest or due is needed");
  if (!list.words.empty()) return refuse_parameter("order", "检索结果按新旧排列", "what q finds comes newest first");
  list.order = ListQuery::Order::due;
  if (list.states.empty()) take_all_live_states(description, list);
  return {};
}

Result<void> take_window(const Query& query, ListQuery& list) {
  const auto from = query.time("from"), until = query.time("until");
  if (!from) return tl::make_unexpected(from.error());
  if (!until) return tl::make_unexpected(until.error());
  list.from = *from;
  list.until = *until;
  return {};
}

Result<ListQuery> query_of(const Call& call, const Workflow& workflow) {
  const Description& description = workflow.description();
  const auto query = Query::of(call.request, {"limit", "cursor", "order", "q", "area", "unit", "number", "notice_code",
                                              "permit", "inspection", "from", "until"}, {"state"});
  if (!query) return tl::make_unexpected(query.error());
  const auto limit = query->number("limit", 1, k_most_items, k_usual_items);
  if (!limit) return tl::make_unexpected(limit.error());
  ListQuery list;
  list.workflow = description.name;
  list.limit = static_cast<int>(*limit);
  list.after = query->text("cursor");
  if (!may_be_cursor(list.after)) {
    return refuse_parameter("cursor", "不是上一页的 next_cursor", "it is no next_cursor of an earlier page");
  }
  if (auto taken = take_window(*query, list); !taken) return tl::make_unexpected(taken.error());
  if (auto taken = take_states(*query, description, list); !taken) return tl::make_unexpected(taken.error());
  if (auto taken = take_order(*query, description, list); !taken) return tl::make_unexpected(taken.error());
  for (const auto& [name, kind] : k_filters) {
    if (std::string ref = query->text(name); !ref.empty()) list.links.emplace_back(kind, std::move(ref));
  }
  if (!description.open) list.scopes = scopes_of(call.actor());
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
  for (int round = 0; items.size() < wanted && round < k_most_rounds; ++round) {
    query->limit = static_cast<int>(wanted - items.size());
    const auto page = reader->list(*query);
    query->after = page.next;
    for (const InstancePtr& instance : page.items) {
      if (!(*workflow)->readable(*instance, call.actor(), view)) continue;
      items.push_back(instance_json(**workflow, *instance, call, view));
    }
    if (query->after.empty()) break;
  }
  return json_response(
      {{"items", std::move(items)}, {"next_cursor", query->after.empty() ? Json() : Json(query->after)}});
}

}  // namespace sparkgate::api
