// Routes of the officers who handle public reports: role intake, with keys that are unlocked.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> seal_to_roster(const Call& call);            // POST /api/v1/intake/sealings
Result<Response> list_reports(const Call& call);              // GET  /api/v1/intake/reports
Result<Response> get_report(const Call& call);                // GET  /api/v1/intake/reports/{id}
Result<Response> get_report_file(const Call& call);           // GET  /api/v1/intake/reports/{id}/files/{sequence}
Result<Response> get_cleaned_file(const Call& call);          // GET  …/{id}/files/{sequence}/cleaned
Result<Response> get_intake_statistics(const Call& call);     // GET  /api/v1/intake/statistics
Result<Response> list_permits_there(const Call& call);        // GET  /api/v1/intake/reports/{id}/permits
Result<Response> handle_report(const Call& call);             // POST /api/v1/intake/reports/{id}/{event}

}  // namespace sparkgate::api
