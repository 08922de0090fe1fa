#include "api/caller.h"

#include "api/ascii.h"
#include "api/cookies.h"
#include "certs/token.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view k_scheme = "bearer ";
  if (to_lower(authorization.substr(0, k_scheme.size())) != k_scheme) return {};
  return authorization.substr(k_scheme.size());
}

bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD"; }

// "https://permits.example:8443" against "permits.example:8443".
bool origin_matches(std::string_view origin, std::string_view host) {
  const size_t at = origin.find("://");
  return at != origin.npos && !host.empty() && origin.substr(at + 3) == host;
}

}  // namespace

bool is_same_origin(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site"), origin = request.header("origin");
  if (!site.empty() && site != "same-origin") return false;
  if (!origin.empty()) return origin_matches(origin, request.header("host"));
  return !site.empty();
}

bool is_cross_site(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site"), origin = request.header("origin");
  if (!site.empty()) return site != "same-origin" && site != "none";
  return !origin.empty() && !origin_matches(origin, request.header("host"));
}

Result<CallerPtr> caller_of(Service& service, const Request& request) {
  const std::string_view authorization = request.header("authorization");
  if (!authorization.empty()) {
    const std::string_view token = bearer(authorization);
    if (token.empty()) return refuse(Code::unauthenticated);
    return service.sessions.find(token);
  }
  const std::string token = cookie_of(request.header("cookie"), k_cookie);
  if (token.empty()) return refuse(Code::unauthenticated);
  auto caller = service.sessions.find(token);
  if (!caller || is_safe(request.method)) return caller;
  const Session& session = (*caller)->session;
  const bool has_token = !session.csrf_token.empty() &&
                         constant_time_equal(request.header("x-csrf-token"), session.csrf_token);
  if (!has_token || !is_same_origin(request)) return refuse(Code::cross_site_request);
  return caller;
}

}  // namespace sparkgate::api
