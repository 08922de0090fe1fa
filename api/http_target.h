// The target of a request, decoded: a path that means one thing only, and a query.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate::api {

/// A refusal as bad_request; `reason` names the broken grammar rule or field as in RFC 9110, 9112 and 3986.
tl::unexpected<Refusal> bad_http(std::string_view grammar_rule);

/// "/a%20b/" → "/a b/". Refuses bad_request for anything but origin-form, for "." and ".." and empty segments (but the
/// last), for encoded slashes and backslashes, control characters, and what is no UTF-8.
Result<std::string> parse_path(std::string_view raw);

/// "a=1&b=%E7%81%AB+x" → names and values; "+" is a space, as in forms. Refuses bad_request for what is no UTF-8 and
/// for control characters, encoded or not.
Result<std::multimap<std::string, std::string>> parse_query(std::string_view query);

}  // namespace sparkgate::api
