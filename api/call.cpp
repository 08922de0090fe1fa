#include "api/call.h"

namespace sparkgate::api {
namespace {

// "application/json; charset=utf-8" → true. RFC 8259 knows no other charset, so the parameter is not looked at.
bool is_json(std::string_view content_type) {
  constexpr std::string_view k_json = "application/json";
  if (content_type.size() < k_json.size()) return false;
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  if (!std::equal(k_json.begin(), k_json.end(), content_type.begin(), same)) return false;
  const size_t next = content_type.find_first_not_of(" \t", k_json.size());
  return next == content_type.npos || content_type[next] == ';';
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

Result<Json> json_body(const Request& request) {
  const std::string_view type = request.header("content-type");
  if (request.body.empty() && type.empty()) return Json::object();
  if (!is_json(type)) {
    return refuse(Code::unsupported_media_type, {{"actual", type}, {"needed", "application/json"}});
  }
  return parse_json(request.body);
}

}  // namespace sparkgate::api
