// People's signatures over the interface: what to sign, and taking a signature off a body.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// POST /api/v1/{collection}/intent: of the creating event. Body: the payload that will be sent.
Result<Response> offer_creating_intent(const Call& call);
/// POST /api/v1/{collection}/{id}/{event}/intent.
Result<Response> offer_event_intent(const Call& call);

/// `signed_part` as a body brought it with the payload, checked for Command::signature; null when there was none.
Result<Json> checked_signature(const Call& call, const Workflow& workflow, const EventSpec& event, const Json& payload,
                               const Json& signed_part);

}  // namespace sparkgate::api
