// Who sends a request: by bearer token, or by the console's cookie together with proof that it comes from the console.
#pragma once

#include "api/http.h"
#include "api/service.h"

namespace sparkgate::api {

inline constexpr std::string_view k_cookie = "__Host-sparkgate";

/// Refuses with unauthenticated, and with cross_site_request for a cookie on an unsafe method without the session's
/// X-CSRF-Token or from elsewhere.
Result<CallerPtr> caller_of(Service& service, const Request& request);

/// True when the browser says that the request comes from one of our own pages; false also when it says nothing.
bool is_same_origin(const Request& request);

/// True when the browser says that it comes from elsewhere.
bool is_cross_site(const Request& request);

}  // namespace sparkgate::api
