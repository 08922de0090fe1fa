#include "api/report/officer_keys_routes.h"

#include "api/report/desk.h"
#include "workflows/report/keeper.h"

namespace sparkgate::api {
namespace {

// {"a": text, …}: all of them needed.
Schema texts_schema(std::initializer_list<const char*> names) {
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"required", Json::array()}};
  for (const char* name : names) {
    schema["required"].push_back(name);
    schema["properties"][name] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 256}};
  }
  return Schema(schema);
}

Json roster_json(const Result<Roster>& roster, Time at, Language language) {
  if (!roster) return {{"open", false}, {"reason", pick(title_of(roster.error()), language)}};
  Json officers = Json::array();
  for (const RosterOfficer& officer : valid_officers(*roster, at)) {
    officers.push_back({{"id", officer.id}, {"name", officer.name}});
  }
  return {{"open", true},
          {"epoch", roster->epoch},
          {"expires", format_time(roster->expires)},
          {"officers", std::move(officers)}};
}

// What takes a passphrase. One at a time: each takes 137 MiB for most of a second.
template <class Work>
auto stretched(const Call& call, const Schema& schema, const Work& work)
    -> std::invoke_result_t<Work, ReportCounter&, const Json&> {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  const auto body = json_body(call.request, schema);
  if (!body) return tl::make_unexpected(body.error());
  const std::lock_guard lock((*counter)->stretching);
  return work(**counter, *body);
}

}  // namespace

Result<Response> get_intake(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  std::optional<StoredOfficer> officer;
  int overdue = 0;
  (*counter)->intake.store.read([&](IntakeReader& reader) {
    officer = reader.officer_of_account(call.actor().account);
    overdue = report::count_overdue(reader, (*counter)->intake);
  });
  const Time now = call.service.engine.clock().wall();
  return json_response({{"officer", officer ? Json(officer->id) : Json()},
                        {"overdue", overdue},
                        {"unlocked", desk_of(call).has_value()},
                        {"roster", roster_json((*counter)->intake.rosters.current(), now, call.language)}});
}

Result<Response> enrol_officer(const Call& call) {
  static const Schema schema = texts_schema({"passphrase"});
  return stretched(call, schema, [&](ReportCounter& counter, const Json& body) -> Result<Response> {
    const Actor& actor = call.actor();
    const auto enrolled = counter.officers.enrol(actor.account, actor.name, text_of(body, "passphrase"));
    if (!enrolled) return tl::make_unexpected(enrolled.error());
    const SecretBytes recovery = enrolled->recovery.text();
    return json_response({{"officer", enrolled->officer}, {"recovery_key", std::string(recovery.view())}}, 201);
  });
}

Result<Response> recover_officer(const Call& call) {
  static const Schema schema = texts_schema({"recovery_key", "passphrase"});
  return stretched(call, schema, [&](ReportCounter& counter, const Json& body) {
    return counter.officers
        .recover(call.actor().account, text_of(body, "recovery_key"), text_of(body, "passphrase"))
        .map(no_content);
  });
}

Result<Response> change_intake_passphrase(const Call& call) {
  static const Schema schema = texts_schema({"before", "after"});
  return stretched(call, schema, [&](ReportCounter& counter, const Json& body) {
    return counter.officers.change_passphrase(call.actor().account, text_of(body, "before"), text_of(body, "after"))
        .map(no_content);
  });
}

Result<Response> unlock_intake(const Call& call) {
  static const Schema schema = texts_schema({"passphrase"});
  return stretched(call, schema, [&](ReportCounter& counter, const Json& body) -> Result<Response> {
    const std::string& account = call.actor().account;
    const std::string attempt = "intake:" + account;
    if (auto may = call.service.attempts.begin(attempt, call.request.peer); !may) {
      return tl::make_unexpected(may.error());
    }
    const auto officer = counter.officers.unlock(account, text_of(body, "passphrase"));
    if (!officer) return tl::make_unexpected(officer.error());
    call.service.attempts.succeeded(attempt, call.request.peer);
    return with_desk_cookie(no_content(), counter.unlocked.put(account, *officer));
  });
}

Result<Response> lock_intake(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  (*counter)->unlocked.end(call.actor().account);
  return with_desk_cookie(no_content(), "");
}

}  // namespace sparkgate::api
