// Whom a supervisor can choose to stand in for them.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_delegates(const Call& call);  // GET /api/v1/delegates

}  // namespace sparkgate::api
