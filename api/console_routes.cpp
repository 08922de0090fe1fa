#include "api/console_routes.h"

#include "api/compressed.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_for_ever = "public, max-age=31536000, immutable";
constexpr const char* k_asked_each_time = "no-cache";

// Scripts, styles and answers come from here alone; nothing inline runs; nobody frames the console.
constexpr const char* k_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; "
    "connect-src 'self' data:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

Response asset_response(const Asset& asset, const Request& request, const char* cache_control) {
  Response response;
  const std::string tag = "\"" + std::string(asset.tag) + "\"";
  response.headers = {{"ETag", tag},
                      {"Cache-Control", cache_control},
                      {"Vary", "Accept-Encoding"},
                      {"Content-Security-Policy", k_policy},
                      {"Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cross-Origin-Resource-Policy", "same-origin"}};
  if (request.header("if-none-match") == tag) {
    response.status = 304;
    return response;
  }
  response.content_type = asset.type;
  const bool packed = takes_gzip(request);
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? asset.gzip : asset.bytes;
  return response;
}

const Asset* find(const Call& call, std::string_view path) {
  const Assets* assets = call.service.options.console;
  if (!assets) return nullptr;
  const auto at = assets->find(path);
  return at == assets->end() ? nullptr : &at->second;
}

}  // namespace

Result<Response> open_console(const Call&) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", "/console/");
  return response;
}

Result<Response> get_console_page(const Call& call) {
  const Asset* file = find(call, call.parameter("page"));
  if (!file) file = find(call, "index.html");
  if (!file) return refuse(Code::not_found);
  return asset_response(*file, call.request, k_asked_each_time);
}

Result<Response> get_console_asset(const Call& call) {
  const Asset* file = find(call, "assets/" + std::string(call.parameter("file")));
  if (!file) return refuse(Code::not_found);
  return asset_response(*file, call.request, k_for_ever);
}

}  // namespace sparkgate::api
