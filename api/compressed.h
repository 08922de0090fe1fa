// Long texts that are the same for everybody, compressed for whoever takes that. Answers with personal or secret parts
// are not: their compressed length would tell of them (BREACH).
#pragma once

#include "api/http.h"

namespace sparkgate::api {

/// By its Accept-Encoding (RFC 9110, section 12.5.3).
bool takes_gzip(const Request& request);

/// JSON. Throws what running out of memory throws.
Response public_text(const Request& request, std::string body);

}  // namespace sparkgate::api
