// What the service says about itself: workflows, rule packs, health, its own description.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_workflows(const Call& call);  // GET /api/v1/workflows
Result<Response> get_workflow(const Call& call);    // GET /api/v1/workflows/{name}
Result<Response> get_health(const Call& call);      // GET /healthz: the process answers
Result<Response> get_readiness(const Call& call);   // GET /readyz: it can take a command now; 503 and why when not
Result<Response> get_openapi(const Call& call);     // GET /api/v1/openapi.json
Result<Response> confirm_clock(const Call& call);   // POST /api/v1/clock/confirmations

}  // namespace sparkgate::api
