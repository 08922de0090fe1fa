// Photos over HTTP: sent by whoever is signed in; seen by whoever has sent them or may read an instance that links to
// them.
#pragma once

#include "api/call.h"
#include "api/http_parser.h"

namespace sparkgate::api {

inline constexpr LargeBodies k_photo_bodies{"POST", "/api/v1/photos", k_most_photo_bytes};

Result<Response> send_photo(const Call& call);    // POST /api/v1/photos
Result<Response> get_photo(const Call& call);     // GET  /api/v1/photos/{sha256}
Result<Response> get_original(const Call& call);  // GET  …/original
Result<Response> get_display(const Call& call);   // GET  …/display

}  // namespace sparkgate::api
