#include "api/report/desk.h"

#include "api/cookies.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr const char* k_cookie = "__Host-intake";
constexpr minutes k_cookie_lifetime(30);

}  // namespace

Result<ReportCounter*> counter_of(const Call& call) {
  if (call.service.reports) return call.service.reports.get();
  return refuse(Code::intake_closed, {{"reason", bilingual("本服务未启用举报受理", "this service takes no reports")}});
}

Result<Desk> desk_of(const Call& call) {
  const auto counter = counter_of(call);
  if (!counter) return tl::make_unexpected(counter.error());
  const std::string cookie = cookie_of(call.request.header("cookie"), k_cookie);
  auto officer = (*counter)->unlocked.find(call.actor().account, cookie);
  if (!officer) return refuse(Code::intake_locked);
  return Desk{**counter, std::move(*officer)};
}

Response with_desk_cookie(Response response, const std::string& value) {
  const seconds lifetime = value.empty() ? seconds(0) : seconds(k_cookie_lifetime);
  response.headers.emplace_back("Set-Cookie", session_cookie(k_cookie, value, lifetime));
  return response;
}

}  // namespace sparkgate::api
