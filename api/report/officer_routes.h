// Routes of the officers who handle public reports: role intake, and for whatever reads one, keys that are unlocked.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_intake(const Call& call);                // GET  /api/v1/intake
Result<Response> enrol_officer(const Call& call);             // POST /api/v1/intake/enrolment
Result<Response> recover_officer(const Call& call);           // POST /api/v1/intake/recovery
Result<Response> change_intake_passphrase(const Call& call);  // POST /api/v1/intake/passphrase
Result<Response> unlock_intake(const Call& call);             // POST /api/v1/intake/unlock
Result<Response> lock_intake(const Call& call);               // POST /api/v1/intake/lock
Result<Response> seal_to_roster(const Call& call);            // POST /api/v1/intake/sealings
Result<Response> list_reports(const Call& call);              // GET  /api/v1/intake/reports
Result<Response> get_report(const Call& call);                // GET  /api/v1/intake/reports/{id}
Result<Response> get_report_file(const Call& call);           // GET  /api/v1/intake/reports/{id}/files/{sequence}
Result<Response> handle_report(const Call& call);             // POST /api/v1/intake/reports/{id}/{event}

}  // namespace sparkgate::api
