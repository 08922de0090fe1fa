// Where a permit's notice is found, for QR codes.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

/// "https://permits.example.org/p/CODE": of the service's web origin (--web-origin), else of the host that the request
/// names; "/p/CODE" when it names none.
std::string notice_address(const Call& call, std::string_view code);

}  // namespace sparkgate::api
