// Cookies as RFC 6265 has them: read strictly, written with everything that keeps them from scripts and other sites.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/time.h"

namespace sparkgate::api {

/// "a=1; b=2" → names and values. What is malformed is left out; of two cookies of one name neither is taken, because
/// another site's page on a sibling domain may have set one of them.
std::map<std::string, std::string> parse_cookies(std::string_view header);

/// One of them; "" when there is none of that name.
std::string cookie_of(std::string_view header, std::string_view name);

/// Set-Cookie's value with Path=/, Secure, HttpOnly and SameSite=Strict: what a `__Host-` name demands. `value` is a
/// token of ours: letters, digits, "-", "_", "." only. A lifetime of 0 deletes the cookie.
std::string session_cookie(std::string_view name, std::string_view value, seconds lifetime);

}  // namespace sparkgate::api
