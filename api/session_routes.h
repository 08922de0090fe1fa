// Signing in and out, access tokens for programs, and who the caller is.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> sign_in(const Call& call);          // POST /api/v1/sessions
Result<Response> sign_out(const Call& call);         // DELETE /api/v1/sessions/current
Result<Response> list_sessions(const Call& call);    // GET /api/v1/sessions
Result<Response> create_token(const Call& call);     // POST /api/v1/tokens
Result<Response> delete_token(const Call& call);     // DELETE /api/v1/tokens/{id}
Result<Response> get_me(const Call& call);           // GET /api/v1/me

}  // namespace sparkgate::api
