#include "api/report/own_page.h"

#include <algorithm>

#include "api/cookies.h"
#include "api/report/counter.h"
#include "api/report/pages.h"
#include "workflows/report/events.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_cookie = "__Host-report";

Json lines_of(const std::string& text) {
  Json out = Json::array();
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) out.push_back({{"line", text.substr(at, end - at)}});
    at = end + 1;
  }
  return out;
}

std::string said_text(const report::Said& said, Language language) {
  if (!said.file.empty()) {
    return report_words().say("file_sent", language, {{"name", text_of(said.content, "name")}});
  }
  return text_of(said.content, "text");
}

// What came of it in money, where an officer told that.
std::string money_text(const Json& content, Language language) {
  std::string out;
  for (const char* member : {"fine", "reward"}) {
    const auto yuan = content.find(member);
    if (yuan == content.end()) continue;
    out += "\n" + report_words().say(std::string(member) + "_is", language, {{"yuan", *yuan}});
  }
  return out;
}

Json said_json(const report::SourceView& view, Language language) {
  Json out = Json::array();
  for (const report::Said& said : view.said) {
    const bool own = said.direction == Direction::from_source;
    out.push_back({{"side", own ? "own" : "officer"},
                   {"who", report_words().say(own ? "you" : "officer", language)},
                   {"day", said.day},
                   {"lines", lines_of(said_text(said, language) + money_text(said.content, language))}});
  }
  return out;
}

Response own_page(const Call& call, const report::SourceView& view, const std::string& cookie,
                  const std::string& problem, const std::string& text) {
  const Language language = page_language(call);
  const FormTokens& tokens = call.service.reports->tokens;
  const auto form = [&](std::string_view name, std::string_view event) {
    const bool may = std::find(view.next.begin(), view.next.end(), event) != view.next.end();
    return may ? Json(tokens.make(cookie, name)) : Json(false);
  };
  const report::StateRow& state = report::state_row(view.state);
  Json values = {{"state", pick(state.label, language)},
                 {"told", pick(state.told, language)},
                 {"received", view.received},
                 {"due", view.due.empty() ? Json(false) : Json(view.due)},
                 {"said", said_json(view, language)},
                 {"text", text},
                 {"answer", form("answer", "answer")},
                 {"file", form("file", "answer")},
                 {"object", form("object", "object")},
                 {"claim", form("claim_reward", "claim_reward")},
                 {"claimed", view.has_claimed}};
  return report_page(call, {"mine", "mine", std::move(values), problem.empty() ? 200 : 422, problem, "/report/mine"});
}

}  // namespace

std::string own_cookie(const Request& request) { return cookie_of(request.header("cookie"), k_cookie); }

void set_own_cookie(Response& response, const std::string& value) { set_cookie(response, k_cookie, value); }

Result<Response> own_report(const Call& call, const std::string& problem, const std::string& text) {
  ReportCounter& counter = *call.service.reports;
  const std::string cookie = own_cookie(call.request);
  const SourceKeysPtr keys = counter.sessions.find(cookie);
  if (!keys) return report_redirect(call, "/report/return");
  const auto view = counter.source.look(*keys);
  if (!view) return tl::make_unexpected(view.error());
  return own_page(call, *view, cookie, problem, text);
}

Result<Response> own_report(const Call& call, const Refusal& refusal) {
  auto page = own_report(call, reason_of(refusal, page_language(call)), "");
  if (page && page->status != 303) page->status = refusal_row(refusal.code).http_status;
  return page;
}

}  // namespace sparkgate::api
