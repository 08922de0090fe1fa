// The body for a permit that takes up where another ends.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_renewal(const Call& call);  // GET /api/v1/permits/{id}/renewal

}  // namespace sparkgate::api
