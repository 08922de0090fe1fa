// Whose places lie in an area: a contractor names the owner of the place without belonging to it.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_owners(const Call& call);  // GET /api/v1/owners?area=

}  // namespace sparkgate::api
