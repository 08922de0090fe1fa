#include "api/notices.h"

#include "api/query.h"
#include "engine/base/messages.h"

namespace sparkgate::api {
namespace {

constexpr int64_t k_most_items = 200;
constexpr int64_t k_usual_items = 50;

bool reaches(const Grant& grant, const Notice& notice) {
  if (grant.role != notice.role || (!grant.unit.empty() && grant.unit != notice.unit)) return false;
  return grant.area.empty() || notice.area.find("/" + grant.area + "/") != notice.area.npos;
}

}  // namespace

Json notice_json(const StoredNotice& stored, Language language) {
  return {{"id", stored.id},
          {"entry", stored.entry},
          {"instance", stored.instance},
          {"code", stored.notice.code},
          {"text", pick(message_text(stored.notice.code, stored.notice.details), language)},
          {"details", stored.notice.details},
          {"at", format_time(stored.at)}};
}

bool is_told(const Actor& actor, const Notice& notice) {
  if (notice.role.empty()) return !notice.person.empty() && notice.person == actor.person;
  return notice.person.empty() && std::any_of(actor.grants.begin(), actor.grants.end(),
                                              [&](const Grant& grant) { return reaches(grant, notice); });
}

Result<Response> list_notices(const Call& call) {
  const auto query = Query::of(call.request, {"limit", "cursor"});
  if (!query) return tl::make_unexpected(query.error());
  const auto limit = query->number("limit", 1, k_most_items, k_usual_items);
  if (!limit) return tl::make_unexpected(limit.error());
  constexpr int64_t k_newest = int64_t{1} << 53;
  const auto before = query->number("cursor", 1, k_newest, k_newest);
  if (!before) return tl::make_unexpected(before.error());
  auto reader = call.service.engine.read();
  const auto notices = reader->notices(call.actor(), *before, static_cast<int>(*limit));
  Json items = Json::array();
  for (const StoredNotice& stored : notices) items.push_back(notice_json(stored, call.language));
  const bool more = notices.size() == static_cast<size_t>(*limit);
  return json_response(
      {{"items", std::move(items)}, {"next_cursor", more ? Json(std::to_string(notices.back().id)) : Json()}});
}

}  // namespace sparkgate::api
