#include "api/report/source_routes.h"

#include <algorithm>
#include <sstream>

#include "api/caller.h"
#include "api/cookies.h"
#include "api/report/counter.h"
#include "api/report/own_page.h"
#include "api/report/pages.h"
#include "certs/token.h"
#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/registry/kinds.h"
#include "workflows/report/events.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_form_cookie = "__Host-report-form";

std::string form_cookie(const Call& call) { return cookie_of(call.request.header("cookie"), k_form_cookie); }

Json areas_json(const Call& call, const std::string& chosen) {
  Json out = Json::array();
  auto reader = call.service.engine.read();
  ListQuery query;
  query.workflow = "area";
  query.limit = 200;
  for (const InstancePtr& area : reader->list(query).items) {
    const std::string code = text_of(area->data, "code");
    out.push_back({{"code", code}, {"label", text_of(area->data, "name")}, {"chosen", code == chosen}});
  }
  std::sort(out.begin(), out.end(), [](const Json& a, const Json& b) { return a.at("code") < b.at("code"); });
  return out;
}

Json officers_json(const Roster& roster, const report::Filing& filing, Time at) {
  Json out = Json::array();
  for (const RosterOfficer& officer : valid_officers(roster, at)) {
    const bool chosen = std::find(filing.without.begin(), filing.without.end(), officer.id) != filing.without.end();
    out.push_back({{"id", officer.id}, {"name", officer.name}, {"chosen", chosen}});
  }
  return out;
}

std::string number_word(int number, Language language) {
  std::istringstream words(report_words().say("numbers", language));
  std::string word;
  for (int i = 0; i <= number; ++i) words >> word;
  return word;
}

// What is asked of whoever fills in the form of that token; false unless very many do.
Json question_for(const std::string& token, ReportCounter& counter, Language language) {
  if (!counter.crowd.is_crowded()) return false;
  const auto [a, b] = counter.tokens.question(token);
  return report_words().say("question", language, {{"a", number_word(a, language)}, {"b", number_word(b, language)}});
}

// Digits, also full-width ones.
bool is_answer(std::string answer, const std::pair<int, int>& question) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string wide = std::string("\xef\xbc") + static_cast<char>(0x90 + digit - '0');
    for (size_t at; (at = answer.find(wide)) != answer.npos;) answer.replace(at, wide.size(), 1, digit);
  }
  std::erase(answer, ' ');
  return answer == std::to_string(question.first + question.second);
}

// The form, with whatever was written in it already.
Response form_page(const Call& call, const Roster& roster, const report::Filing& filing, const std::string& problem) {
  ReportCounter& counter = *call.service.reports;
  const Language language = page_language(call);
  std::string cookie = form_cookie(call);
  if (cookie.empty()) cookie = new_token(call.service.engine.random());
  Json categories = Json::array();
  for (const report::CategoryRow& row : report::categories()) {
    categories.push_back(
        {{"code", row.code}, {"label", pick(row.label, language)}, {"chosen", row.code == filing.category}});
  }
  const std::string token = counter.tokens.make(cookie, "new");
  Json values = {{"token", token},
                 {"question", question_for(token, counter, language)},
                 {"categories", std::move(categories)},
                 {"areas", areas_json(call, filing.area)},
                 {"officers", officers_json(roster, filing, counter.intake.clock.wall())},
                 {"filing", {{"address", filing.address}, {"when", filing.when}, {"text", filing.text}}}};
  values["has_areas"] = !values["areas"].empty();
  values["has_officers"] = true;
  Response response =
      report_page(call, {"new", "new", std::move(values), problem.empty() ? 200 : 422, problem, "/report/new"});
  set_cookie(response, k_form_cookie, cookie);
  return response;
}

report::Filing filing_of(const Form& form) {
  return {form.text("category"), form.text("area"), form.text("address"),
          form.text("when"),     form.text("text"), form.all("without")};
}

// That neither one address nor a program sends more than people would.
Result<void> check_crowd(ReportCounter& counter, const Form& form, const std::string& peer) {
  if (!counter.crowd.may_report(peer)) return refuse(Code::too_many_reports);
  if (!counter.crowd.is_crowded()) return {};
  if (is_answer(form.text("answer"), counter.tokens.question(form.text("token")))) return {};
  return refuse(Code::question_unanswered);
}

Response receipt_page(const Call& call, const report::Receipt& receipt) {
  ReportCounter& counter = *call.service.reports;
  const Language language = page_language(call);
  const SecretBytes text = receipt.code.text();
  Json values = {{"receipt", std::string(text.view())},
                 {"check_by", report_words().say("back_by", language, {{"day", receipt.check_by}})}};
  Response response = report_page(call, {"receipt", "receipt", std::move(values), 201});
  set_own_cookie(response, counter.sessions.open(counter.source.keys_of(receipt.code)));
  set_cookie(response, k_form_cookie, "");
  return response;
}

std::string stale(Language language) { return reason_of({Code::form_stale}, language); }

Response return_page(const Call& call, const std::string& problem, int status) {
  std::string cookie = form_cookie(call);
  if (cookie.empty()) cookie = new_token(call.service.engine.random());
  Json values = {{"token", call.service.reports->tokens.make(cookie, "return")}};
  Response response = report_page(call, {"return", "return", std::move(values), status, problem, "/report/return"});
  set_cookie(response, k_form_cookie, cookie);
  return response;
}

}  // namespace

Result<Response> get_report_start(const Call& call) {
  return report_page(call, {"start", "name", Json::object(), 200, "", "/report"});
}

Result<Response> get_report_style(const Call&) {
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.body = embedded("api/report/style.css");
  return response;
}

Result<Response> get_report_form(const Call& call) {
  if (!call.service.reports) return closed_page(call);
  const auto roster = call.service.reports->intake.rosters.current();
  return roster ? form_page(call, *roster, {}, "") : closed_page(call);
}

Result<Response> post_report(const Call& call) {
  if (!call.service.reports) return closed_page(call);
  if (is_cross_site(call.request)) return refuse(Code::cross_site_request);
  ReportCounter& counter = *call.service.reports;
  const auto form = Form::parse(call.request);
  if (!form) return refuse(Code::unsupported_media_type, {{"actual", call.request.header("content-type")},
                                                          {"needed", "application/x-www-form-urlencoded"}});
  const auto roster = counter.intake.rosters.current();
  if (!roster) return closed_page(call);
  const report::Filing filing = filing_of(*form);
  const Language language = page_language(call);
  const auto verdict = counter.tokens.check(form->text("token"), form_cookie(call), "new");
  if (verdict != FormTokens::Verdict::good) return form_page(call, *roster, filing, stale(language));
  if (const auto fair = check_crowd(counter, *form, call.request.peer); !fair) {
    Response page = form_page(call, *roster, filing, reason_of(fair.error(), language));
    page.status = refusal_row(fair.error().code).http_status;
    return page;
  }
  const auto receipt = counter.source.file(filing);
  if (receipt) return counter.crowd.has_reported(call.request.peer), receipt_page(call, *receipt);
  if (receipt.error().code == Code::intake_closed) return closed_page(call);
  return form_page(call, *roster, filing, reason_of(receipt.error(), language));
}

Result<Response> get_return_form(const Call& call) {
  return call.service.reports ? return_page(call, "", 200) : closed_page(call);
}

Result<Response> post_return(const Call& call) {
  if (!call.service.reports) return closed_page(call);
  if (is_cross_site(call.request)) return refuse(Code::cross_site_request);
  ReportCounter& counter = *call.service.reports;
  const auto form = Form::parse(call.request);
  const std::string token = form ? form->text("token") : "";
  if (counter.tokens.check(token, form_cookie(call), "return") != FormTokens::Verdict::good) {
    return return_page(call, stale(page_language(call)), 422);
  }
  // What is no code is looked for like one that is: no answer tells which it was.
  auto code = ReceiptCode::parse(form->text("receipt"));
  if (!code) code = ReceiptCode::generate(counter.intake.random);
  SourceKeys keys = counter.source.keys_of(*code);
  if (!counter.source.knows(keys)) {
    return return_page(call, report_words().say("unknown_code", page_language(call)), 404);
  }
  Response response = report_redirect(call, "/report/mine");
  set_own_cookie(response, counter.sessions.open(std::move(keys)));
  set_cookie(response, k_form_cookie, "");
  return response;
}

Result<Response> get_own_report(const Call& call) {
  return call.service.reports ? own_report(call, "", "") : closed_page(call);
}

Result<Response> post_own_event(const Call& call) {
  if (!call.service.reports) return closed_page(call);
  if (is_cross_site(call.request)) return refuse(Code::cross_site_request);
  const std::string event(call.parameter("event"));
  const report::EventRow* row = report::event_row(event);
  if (!row || row->by != report::By::source || event == "file") return refuse(Code::not_found);
  ReportCounter& counter = *call.service.reports;
  const std::string cookie = own_cookie(call.request);
  const SourceKeysPtr keys = counter.sessions.find(cookie);
  if (!keys) return report_redirect(call, "/report/return");
  const auto form = Form::parse(call.request);
  const std::string text = form ? form->text("text") : "";
  const Language language = page_language(call);
  if (!form || counter.tokens.check(form->text("token"), cookie, event) != FormTokens::Verdict::good) {
    return own_report(call, stale(language), text);
  }
  const bool says = row->says != report::Says::nothing;
  if (const auto good = says ? report::check_words(text) : Result<void>(); !good) {
    return own_report(call, reason_of(good.error(), language), text);
  }
  if (const auto done = counter.source.act(*keys, event, says ? text : ""); !done) {
    return own_report(call, reason_of(done.error(), language), text);
  }
  return report_redirect(call, "/report/mine");
}

Result<Response> leave_report(const Call& call) {
  if (call.service.reports) call.service.reports->sessions.end(own_cookie(call.request));
  const Language language = page_language(call);
  Response response = report_page(call, {"plain", "left", {{"text", report_words().say("left_about", language)}}});
  response.headers.emplace_back("Clear-Site-Data", "\"*\"");
  set_own_cookie(response, "");
  return response;
}

}  // namespace sparkgate::api
