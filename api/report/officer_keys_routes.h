// Routes by which an officer gets keys and opens them: role intake.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_intake(const Call& call);                // GET  /api/v1/intake
Result<Response> enrol_officer(const Call& call);             // POST /api/v1/intake/enrolment
Result<Response> recover_officer(const Call& call);           // POST /api/v1/intake/recovery
Result<Response> change_intake_passphrase(const Call& call);  // POST /api/v1/intake/passphrase
Result<Response> unlock_intake(const Call& call);             // POST /api/v1/intake/unlock
Result<Response> lock_intake(const Call& call);               // POST /api/v1/intake/lock

}  // namespace sparkgate::api
