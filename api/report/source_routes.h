// Routes of whoever reports. All answer with pages (pages.h); none asks for an account.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_report_start(const Call& call);   // GET  /report
Result<Response> get_report_style(const Call& call);   // GET  /report/style.css
Result<Response> get_report_form(const Call& call);    // GET  /report/new
Result<Response> post_report(const Call& call);        // POST /report/new
Result<Response> get_return_form(const Call& call);    // GET  /report/return
Result<Response> post_return(const Call& call);        // POST /report/return
Result<Response> get_own_report(const Call& call);     // GET  /report/mine
Result<Response> post_own_event(const Call& call);     // POST /report/mine/{event}
Result<Response> leave_report(const Call& call);       // POST /report/leave

}  // namespace sparkgate::api
