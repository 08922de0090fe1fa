// Field work without network: marks of server time for devices, and the events that they bring later.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// GET /api/v1/field/time: {now, mark}, for the caller's account.
Result<Response> get_field_time(const Call& call);
/// POST /api/v1/field/sync: workflows/field/sync.h, sentences in the caller's language.
Result<Response> sync_field(const Call& call);

}  // namespace sparkgate::api
