#include "api/report/pages.h"

#include "api/cookies.h"
#include "api/page.h"
#include "engine/base/embedded.h"

namespace sparkgate::api {
namespace {

// `same-origin`, not `no-referrer`: with that a browser sends its own forms with "Origin: null".
constexpr std::pair<const char*, const char*> k_fields[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
     "frame-ancestors 'none'; base-uri 'none'"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"X-Robots-Tag", "noindex"},
};

constexpr hours k_cookie_lifetime(2);

const char* code_of(Language language) { return language == Language::en ? "en" : "zh"; }
const char* tag_of(Language language) { return language == Language::en ? "en" : "zh-CN"; }

std::string html(Language language, std::string_view body, std::string_view title, Json values,
                 const std::string& problem, std::string_view switch_to) {
  const Language other = language == Language::en ? Language::zh : Language::en;
  values["words"] = report_words().all(language);
  values["code"] = code_of(language);
  Json layout = {{"lang", tag_of(language)}, {"code", code_of(language)}, {"words", values["words"]}, {"title", title}};
  layout["body"] = render("api/report/" + std::string(body) + ".mustache", values);
  layout["problem"] = problem.empty() ? Json(false) : Json(problem);
  layout["switch"] = false;
  if (!switch_to.empty()) {
    layout["switch"] = {{"href", std::string(switch_to) + "?lang=" + code_of(other)},
                        {"other", tag_of(other)},
                        {"label", report_words().say("other_language", language)}};
  }
  return render("api/report/layout.mustache", layout);
}

}  // namespace

bool is_report_path(std::string_view path) { return path == "/report" || path.starts_with("/report/"); }

const Words& report_words() {
  static const Words words("api/report/words.json");
  return words;
}

Response report_page(const Call& call, const Page& page) {
  const Language language = page_language(call);
  Response response;
  response.status = page.status;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Content-Language", tag_of(language)}};
  response.body = html(language, page.body, report_words().say(page.title, language), page.values, page.problem,
                       page.switch_to);
  return response;
}

std::string reason_of(const Refusal& refusal, Language language) {
  const std::string title(pick(title_of(refusal), language)), remedy(pick(remedy_of(refusal), language));
  return title + (language == Language::zh ? "。" : ". ") + remedy;
}

Response closed_page(const Call& call) {
  const Language language = page_language(call);
  return report_page(call, {"plain", "closed", {{"text", report_words().say("closed_about", language)}}, 503});
}

Response report_redirect(const Call& call, std::string_view path) {
  Response response;
  response.status = 303;
  response.headers = {{"Location", std::string(path) + "?lang=" + code_of(page_language(call))}};
  return response;
}

void set_cookie(Response& response, const char* name, const std::string& value) {
  const seconds lifetime = value.empty() ? seconds(0) : seconds(k_cookie_lifetime);
  response.headers.emplace_back("Set-Cookie", session_cookie(name, value, lifetime));
}

Response as_report_answer(Response response, Language language) {
  if (response.content_type.starts_with("application/problem+json")) {
    const Json problem = parse_json(response.body).value_or(Json::object());
    const std::string title = problem.value("detail", ""), remedy = problem.value("remedy", "");
    response.content_type = "text/html; charset=utf-8";
    response.body = html(language, "plain", title, {{"text", remedy}}, "", "");
  }
  for (const auto& [name, value] : k_fields) response.headers.emplace_back(name, value);
  return response;
}

}  // namespace sparkgate::api
