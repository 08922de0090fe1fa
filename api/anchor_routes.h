// Who anchors the log, and how far they have come.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_anchors(const Call& call);         // GET /log/anchors
Result<Response> request_timestamps(const Call& call);  // POST /api/v1/log/timestamps

}  // namespace sparkgate::api
