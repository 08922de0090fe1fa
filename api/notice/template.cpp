#include "api/notice/template.h"

#include "api/page.h"
#include "engine/base/digest.h"
#include "engine/base/embedded.h"

namespace sparkgate::api {
namespace {

const std::string& style() {
  static const std::string text(embedded("api/notice/notice.css"));
  return text;
}

const std::string& policy() {
  static const std::string text = "default-src 'none'; style-src 'sha256-" + base64(bytes_of(sha256(style()))) +
                                  "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return text;
}

}  // namespace

Response notice_response(Json values, int status) {
  values["style"] = style();
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = render("api/notice/page.mustache", values);
  response.headers = {{"Content-Security-Policy", policy()},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"},
                      {"X-Robots-Tag", "noindex"},
                      {"Content-Language", values.value("lang", "zh-CN")}};
  return response;
}

}  // namespace sparkgate::api
