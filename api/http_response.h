// A Response as the bytes in front of its body, and what a server may put there.
#pragma once

#include "api/http.h"

namespace sparkgate::api {

struct Framing {
  bool keep_alive = true;
  bool is_http_1_0 = false;
};

/// Status line and header fields with the empty line. Adds Date, Content-Length (of a stream none: it lasts
/// until the connection ends) and Connection, and, unless the
/// response says otherwise, `Cache-Control: no-store` and `X-Content-Type-Options: nosniff`.
std::string response_head(const Response& response, Framing framing, Time now);

/// False when a field's name is no token or its value could start another line, when it would contradict the framing,
/// or when the status is no final one.
bool fit_to_send(const Response& response);

/// 204 and 304 have no body, whatever the response holds.
bool has_body(int status);

}  // namespace sparkgate::api
