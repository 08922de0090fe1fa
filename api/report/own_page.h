// The page of whoever has come back with a receipt code, and the cookie that says so.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// "" when there is none.
std::string own_cookie(const Request& request);
/// "": it is taken away.
void set_own_cookie(Response& response, const std::string& value);

/// As it stands now; `problem` is said above it, `text` stands in the field for an answer. To the receipt code for
/// whoever has not come back, or too long ago.
Result<Response> own_report(const Call& call, const std::string& problem, const std::string& text);
/// The same, of a refusal: with its status.
Result<Response> own_report(const Call& call, const Refusal& refusal);

}  // namespace sparkgate::api
