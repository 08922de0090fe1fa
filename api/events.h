// The one way in for every event of every workflow.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// POST /api/v1/{collection}: the creating event. 201 with Location.
Result<Response> create_instance(const Call& call);
/// POST /api/v1/{collection}/{id}/{event}.
Result<Response> send_event(const Call& call);

/// A creating event that a route makes out of a body of its own: 201, and beside the receipt what `told` holds.
Result<Response> create_by_route(const Call& call, const Workflow& workflow, std::string_view event, Json payload,
                                 const Json& told);

/// Whoever holds none of the event's roles learns nothing more from the answer: role_required.
Result<void> check_role(const EventSpec& event, const Actor& actor);

/// `"7"` → 7; absent: nothing. Refuses with parameter_invalid.
Result<std::optional<int64_t>> expected_version(const Request& request);
/// 1 to 128 visible ASCII characters, or "" when absent. Refuses with parameter_invalid.
Result<std::string> idempotency_key(const Request& request);
std::string etag(int64_t version);

}  // namespace sparkgate::api
