// The notice that hangs at the place of work: what a permit's code tells whoever scans it. Public, without any script.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_notice(const Call& call);     // GET /p/{code}: a page, also for a code that no permit has (404)
Result<Response> get_notice_qr(const Call& call);  // GET /p/{code}/qr.svg: refuses not_found

}  // namespace sparkgate::api
