#include "api/report/officer_routes.h"

#include <charconv>

#include "api/cookies.h"
#include "api/report/counter.h"
#include "engine/base/codes.h"
#include "workflows/report/events.h"
#include "workflows/report/filing.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_cookie = "__Host-intake";
constexpr minutes k_cookie_lifetime(30);

Result<ReportCounter*> counter_of(const Call& call) {
  if (call.service.reports) return call.service.reports.get();
  return refuse(Code::intake_closed, {{"reason", bilingual("本服务未启用举报受理", "this service takes no reports")}});
}

Result<Json> body_of(const Call& call, const Schema& schema) {
  auto body = json_body(call.request);
  if (!body) return body;
  if (auto fits = schema.check(*body); !fits) return tl::make_unexpected(fits.error());
  return body;
}

// {"a": text, …}: all of them needed.
Schema texts_schema(std::initializer_list<const char*> names) {
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"required", Json::array()}};
  for (const char* name : names) {
    schema["required"].push_back(name);
    schema["properties"][name] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 256}};
  }
  return Schema(schema);
}

const Schema& act_schema() {
  static const Schema schema(*parse_json(R"({
    "type": "object", "additionalProperties": false, "properties": {
      "text": {"type": "string", "maxLength": 4000}, "note": {"type": "string", "maxLength": 4000},
      "officer": {"type": "string", "maxLength": 32}}})"));
  return schema;
}

Response done() {
  Response response;
  response.status = 204;
  return response;
}

struct Desk {
  ReportCounter& counter;
  report::Unlocked officer;
};

Result<Desk> desk_of(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  const auto cookies = parse_cookies(call.request.header("cookie"));
  const auto cookie = cookies.find(k_cookie);
  UnlockedOfficers& unlocked = (*counter)->unlocked;
  auto officer = cookie == cookies.end() ? std::nullopt : unlocked.find(call.actor().account, cookie->second);
  if (!officer) return refuse(Code::intake_locked);
  return Desk{**counter, std::move(*officer)};
}

Json labelled(std::string_view name, const Text& label, Language language) {
  return {{"name", name}, {"label", pick(label, language)}};
}

Json summary_json(const report::Summary& summary, Language language) {
  const StoredReport& report = summary.report;
  Json first = summary.first;
  if (first.is_object()) {
    const report::CategoryRow* category = report::category_row(text_of(first, "category"));
    if (category) first["category_label"] = pick(category->label, language);
  }
  return {{"id", report.id},
          {"state", report.state},
          {"state_label", pick(report::state_row(report.state).label, language)},
          {"ended", report::state_row(report.state).is_ended},
          {"received", report.received},
          {"due", report.due},
          {"expires", report.expires},
          {"urgent", report.is_urgent},
          {"held", report.is_held},
          {"assigned_to", summary.assigned_to},
          {"news", summary.has_news},
          {"report", std::move(first)}};
}

Json said_json(const report::Said& said) {
  Json out = {{"sequence", said.sequence},
              {"kind", said.kind},
              {"direction", name_of(said.direction)},
              {"author", said.author},
              {"day", said.day},
              {"content", said.content}};
  out["content"].erase("key");  // of a file: it is opened here
  return out;
}

Json step_json(const StoredStep& step, Language language) {
  Json json = parse_json(step.text).value();
  const report::EventRow* row = report::event_row(text_of(json, "event"));
  Json out = {{"sequence", step.sequence}, {"event", json["event"]}, {"by", json["by"]}, {"state", json["state"]}};
  if (row) out["label"] = pick(row->label, language);
  return out;
}

Json next_json(const std::vector<std::string>& next, Language language) {
  Json out = Json::array();
  for (const std::string& name : next) {
    const report::EventRow& row = *report::event_row(name);
    Json item = labelled(name, row.label, language);
    item["says"] = row.says == report::Says::nothing ? "nothing" : row.says == report::Says::may ? "may" : "must";
    out.push_back(std::move(item));
  }
  return out;
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

// One at a time: each takes 137 MiB for most of a second.
template <class Work>
auto stretched(ReportCounter& counter, const Work& work) {
  const std::lock_guard lock(counter.stretching);
  return work();
}

Response with_cookie(Response response, const std::string& value) {
  response.headers.emplace_back(
      "Set-Cookie", session_cookie(k_cookie, value, value.empty() ? seconds(0) : seconds(k_cookie_lifetime)));
  return response;
}

}  // namespace

Result<Response> get_intake(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  std::optional<StoredOfficer> officer;
  (*counter)->intake.store.read([&](IntakeReader& reader) {
    officer = reader.officer_of_account(call.actor().account);
  });
  const Time now = call.service.engine.clock().wall();
  return json_response({{"officer", officer ? Json(officer->id) : Json()},
                        {"unlocked", desk_of(call).has_value()},
                        {"roster", roster_json((*counter)->intake.rosters.current(), now, call.language)}});
}

Result<Response> enrol_officer(const Call& call) {
  static const Schema schema = texts_schema({"passphrase"});
  const auto counter = counter_of(call);
  const auto body = counter ? body_of(call, schema) : Result<Json>(tl::make_unexpected(counter.error()));
  if (!body) return tl::make_unexpected(body.error());
  const auto enrolled = stretched(**counter, [&] {
    return (*counter)->officers.enrol(call.actor().account, call.actor().name, text_of(*body, "passphrase"));
  });
  if (!enrolled) return tl::make_unexpected(enrolled.error());
  const SecretBytes recovery = enrolled->recovery.text();
  return json_response({{"officer", enrolled->officer}, {"recovery_key", std::string(recovery.view())}}, 201);
}

Result<Response> recover_officer(const Call& call) {
  static const Schema schema = texts_schema({"recovery_key", "passphrase"});
  const auto counter = counter_of(call);
  const auto body = counter ? body_of(call, schema) : Result<Json>(tl::make_unexpected(counter.error()));
  if (!body) return tl::make_unexpected(body.error());
  const auto recovered = stretched(**counter, [&] {
    return (*counter)->officers.recover(call.actor().account, text_of(*body, "recovery_key"),
                                        text_of(*body, "passphrase"));
  });
  if (!recovered) return tl::make_unexpected(recovered.error());
  return done();
}

Result<Response> change_intake_passphrase(const Call& call) {
  static const Schema schema = texts_schema({"before", "after"});
  const auto counter = counter_of(call);
  const auto body = counter ? body_of(call, schema) : Result<Json>(tl::make_unexpected(counter.error()));
  if (!body) return tl::make_unexpected(body.error());
  const auto changed = stretched(**counter, [&] {
    return (*counter)->officers.change_passphrase(call.actor().account, text_of(*body, "before"),
                                                  text_of(*body, "after"));
  });
  if (!changed) return tl::make_unexpected(changed.error());
  return done();
}

Result<Response> unlock_intake(const Call& call) {
  static const Schema schema = texts_schema({"passphrase"});
  const auto counter = counter_of(call);
  const auto body = counter ? body_of(call, schema) : Result<Json>(tl::make_unexpected(counter.error()));
  if (!body) return tl::make_unexpected(body.error());
  const std::string attempt = "intake:" + call.actor().account;
  if (auto may = call.service.attempts.begin(attempt, call.request.peer); !may) return tl::make_unexpected(may.error());
  const auto officer = stretched(**counter, [&] {
    return (*counter)->officers.unlock(call.actor().account, text_of(*body, "passphrase"));
  });
  if (!officer) return tl::make_unexpected(officer.error());
  call.service.attempts.succeeded(attempt, call.request.peer);
  return with_cookie(done(), (*counter)->unlocked.put(call.actor().account, *officer));
}

Result<Response> lock_intake(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  (*counter)->unlocked.end(call.actor().account);
  return with_cookie(done(), "");
}

Result<Response> seal_to_roster(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto made = desk->counter.officers.seal_to_roster(desk->officer);
  if (!made) return tl::make_unexpected(made.error());
  return json_response({{"sealed", *made}});
}

Result<Response> list_reports(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto all = desk->counter.officers.list(desk->officer);
  if (!all) return tl::make_unexpected(all.error());
  Json items = Json::array();
  for (const report::Summary& summary : *all) items.push_back(summary_json(summary, call.language));
  return json_response({{"items", std::move(items)}});
}

Result<Response> get_report(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto view = desk->counter.officers.read(desk->officer, std::string(call.parameter("id")));
  if (!view) return tl::make_unexpected(view.error());
  Json out = summary_json(view->summary, call.language);
  out["said"] = Json::array();
  for (const report::Said& said : view->said) out["said"].push_back(said_json(said));
  out["steps"] = Json::array();
  for (const StoredStep& step : view->steps) out["steps"].push_back(step_json(step, call.language));
  out["next"] = next_json(view->next, call.language);
  out["unproven"] = view->unproven;
  return json_response(out);
}

Result<Response> get_report_file(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const std::string_view text = call.parameter("sequence");
  int64_t sequence = -1;
  std::from_chars(text.data(), text.data() + text.size(), sequence);
  Response response;
  const auto said = desk->counter.officers.open_file(desk->officer, std::string(call.parameter("id")), sequence,
                                                     [&](std::string_view bytes) { response.body.append(bytes); });
  if (!said) return tl::make_unexpected(said.error());
  // Never shown as what it says it is: it comes from anybody.
  response.content_type = "application/octet-stream";
  response.headers = {{"Content-Disposition", "attachment; filename=\"report-file-" + std::string(text) + "\""},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  return response;
}

Result<Response> handle_report(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk) return tl::make_unexpected(desk.error());
  const auto body = body_of(call, act_schema());
  if (!body) return tl::make_unexpected(body.error());
  const report::Act act{std::string(call.parameter("event")), text_of(*body, "text"), text_of(*body, "note"),
                        text_of(*body, "officer"), ""};
  const auto acted = desk->counter.officers.act(desk->officer, std::string(call.parameter("id")), act);
  if (!acted) return tl::make_unexpected(acted.error());
  return get_report(call);
}

}  // namespace sparkgate::api
