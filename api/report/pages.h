// Pages for whoever reports: no script, nothing from elsewhere, and the same header fields on each answer.
#pragma once

#include "api/page.h"
#include "api/words.h"

namespace sparkgate::api {

/// All paths of these pages.
bool is_report_path(std::string_view path);

const Words& report_words();

struct Page {
  std::string_view body;   // "start": of the template api/report/start.mustache
  std::string_view title;  // a key of api/report/words.json
  Json values = Json::object();
  int status = 200;
  std::string problem = {};     // said above the page
  std::string_view switch_to = {};  // the page's path, for the other language; "" where it cannot be asked for again
};
Response report_page(const Call& call, const Page& page);

/// Where reports cannot be taken: where else to turn.
Response closed_page(const Call& call);

/// Why something was refused and what to do about it, as it is said above a page.
std::string reason_of(const Refusal& refusal, Language language);

/// "": the browser shall forget it.
void set_cookie(Response& response, const char* name, const std::string& value);

/// Another page, by GET, in the same language.
Response report_redirect(const Call& call, std::string_view path);

/// What the service answers by itself on these paths, as a page; and their header fields on whatever is answered.
Response as_report_answer(Response response, Language language);

}  // namespace sparkgate::api
