#include "api/call.h"

#include "api/ascii.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

// "application/json; charset=utf-8" → true. RFC 8259 knows no other charset, so the parameter is not looked at.
bool is_json(std::string_view content_type) {
  return to_lower(trim_blanks(content_type.substr(0, content_type.find(';')))) == "application/json";
}

}  // namespace

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

Result<const Workflow*> Call::workflow() const {
  const Workflow* found = service.engine.registry().by_collection(parameter("collection"));
  if (!found) return refuse(Code::not_found);
  return found;
}

Response json_response(const Json& body, int status) {
  Response response;
  response.status = status;
  response.body = body.dump();
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Result<Json> json_body(const Request& request) {
  const std::string_view type = request.header("content-type");
  if (request.body.empty() && type.empty()) return Json::object();
  if (!is_json(type)) {
    return refuse(Code::unsupported_media_type, {{"actual", type}, {"needed", "application/json"}});
  }
  return parse_json(request.body);
}

Result<Json> json_body(const Request& request, const Schema& schema) {
  auto body = json_body(request);
  if (!body) return body;
  if (auto fits = schema.check(*body); !fits) return tl::make_unexpected(fits.error());
  return body;
}

}  // namespace sparkgate::api
