// One request to another machine, bounded in time and size: no redirects, certificates always verified.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

struct OutRequest {
  std::string url;
  std::string content_type;
  std::string body;
  milliseconds deadline{10'000};  // for all of it; finding the address is up to the system's resolver
  size_t max_bytes = 64 << 10;    // of the answer's body
};

struct OutAnswer {
  int status = 0;
  std::string body;
};

/// POST. Refuses peer_unreachable (no connection, no trust in the certificate, the deadline passed, the connection
/// broke off) and peer_answer_invalid (no HTTP, too large).
using Post = std::function<Result<OutAnswer>(const OutRequest& request)>;

/// The one over the network. Certificates are verified against the system's authorities (SSL_CERT_FILE may name others)
/// and the URL's host. Any thread.
Post http_post();

/// An http or https URL without a user, a password or a fragment; http only to this machine unless `allow_plain`.
/// Refuses url_invalid.
Result<void> check_url(const std::string& url, bool allow_plain);

/// "tsa.example.org": what may be shown of it to everybody.
std::string host_of(const std::string& url);

}  // namespace sparkgate::api
