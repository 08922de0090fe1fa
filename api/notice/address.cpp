#include "api/notice/address.h"

#include "api/ascii.h"

namespace sparkgate::api {
namespace {

// A proxy in front says by which scheme it was asked. Whoever forges it misleads nobody but themselves.
std::string origin_of(const Request& request) {
  const std::string_view host = request.header("host");
  if (host.empty() || !all_are(host, k_host)) return "";
  return (request.header("x-forwarded-proto") == "https" ? "https://" : "http://") + std::string(host);
}

}  // namespace

std::string notice_address(const Call& call, std::string_view code) {
  const auto& origins = call.service.options.passkeys.origins;
  return (origins.empty() ? origin_of(call.request) : origins.front()) + "/p/" + std::string(code);
}

}  // namespace sparkgate::api
