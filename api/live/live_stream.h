// Server-sent events: what happens to the instances that a caller may read, and messages for the caller.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> stream_events(const Call& call);  // GET /api/v1/events

}  // namespace sparkgate::api
