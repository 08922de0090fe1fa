// Backups over HTTP: begin one, and how it stands with all. Where they lie is the operator's business alone.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> list_backups(const Call& call);  // GET /api/v1/backups
Result<Response> start_backup(const Call& call);  // POST /api/v1/backups

}  // namespace sparkgate::api
