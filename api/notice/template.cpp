#include "api/notice/template.h"

#include <kainjow/mustache.hpp>

#include "engine/base/digest.h"
#include "engine/base/embedded.h"

namespace sparkgate::api {
namespace {

using kainjow::mustache::data;

data data_of(const Json& value) {
  if (value.is_boolean()) return data(value.get<bool>());
  if (value.is_string()) return data(value.get_ref<const std::string&>());
  if (value.is_array()) {
    data list(data::type::list);
    for (const Json& item : value) list.push_back(data_of(item));
    return list;
  }
  data object(data::type::object);
  for (const auto& [name, member] : value.items()) object.set(name, data_of(member));
  return object;
}

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
  kainjow::mustache::mustache page{std::string(embedded("api/notice/page.mustache"))};
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = page.render(data_of(values));
  response.headers = {{"Content-Security-Policy", policy()},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"},
                      {"X-Robots-Tag", "noindex"},
                      {"Content-Language", values.value("lang", "zh-CN")}};
  return response;
}

}  // namespace sparkgate::api
