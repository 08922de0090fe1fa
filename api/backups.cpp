#include "api/backups.h"

#include "api/office.h"
#include "engine/base/codes.h"
#include "engine/base/schema.h"

namespace sparkgate::api {
namespace {

const Schema& wish_schema() {
  static const Schema schema(Json{{"type", "object"},
                                  {"additionalProperties", false},
                                  {"properties", {{"keys", {{"type", "boolean"}}}, {"files", {{"type", "boolean"}}}}}});
  return schema;
}

// Reasons are kept in both languages: each reader gets their own.
Json in_words(Json item, Language language) {
  Json& reason = item["reason"];
  if (!reason.is_null()) reason["title"] = reason.at("title").at(language == Language::zh ? "zh" : "en");
  return item;
}

}  // namespace

Result<Response> list_backups(const Call& call) {
  if (!call.service.options.office) return refuse(Code::not_found);
  Json body = call.service.options.office->list_backups();
  for (Json& item : body["items"]) item = in_words(std::move(item), call.language);
  return json_response(body);
}

Result<Response> start_backup(const Call& call) {
  if (!call.service.options.office) return refuse(Code::not_found);
  const auto wish = json_body(call.request);
  if (!wish) return tl::make_unexpected(wish.error());
  if (auto fits = wish_schema().check(*wish); !fits) return tl::make_unexpected(fits.error());
  const BackupWish wanted{wish->value("files", true), wish->value("keys", false)};
  const auto started = call.service.options.office->start_backup(wanted);
  if (!started) return tl::make_unexpected(started.error());
  call.service.options.log("a backup is begun by account " + call.actor().account);
  return json_response(in_words(*started, call.language), 202);
}

}  // namespace sparkgate::api
