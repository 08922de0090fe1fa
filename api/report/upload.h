// A file that comes with a report: sealed while it streams by, so that no plain byte of it ever meets the disk.
#pragma once

#include "api/call.h"
#include "api/http_parser.h"

namespace sparkgate::api {

/// Which target streams, for the server.
inline constexpr LargeBodies k_report_files{"POST", "/report/mine/file", (25u << 20) + 65536, true};

/// Who takes the body of a request for that target: whatever its size, post_own_file() answers it.
std::shared_ptr<BodySink> report_file_sink(Service& service, const Request& head);

Result<Response> post_own_file(const Call& call);  // POST /report/mine/file

}  // namespace sparkgate::api
