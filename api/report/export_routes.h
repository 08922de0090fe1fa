// Routes by which two officers hand one report to another authority: role intake, with keys that are unlocked.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> propose_export(const Call& call);  // POST /api/v1/intake/reports/{id}/export
Result<Response> get_export(const Call& call);      // GET  /api/v1/intake/exports/{code}
Result<Response> confirm_export(const Call& call);  // POST /api/v1/intake/exports/{code}

}  // namespace sparkgate::api
