// An application judged while it is still being written; nothing is stored.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> preview_permit(const Call& call);  // POST /api/v1/permits/preview

}  // namespace sparkgate::api
