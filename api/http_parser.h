// The head of an HTTP/1.1 request, read strictly: bytes in, a Request or a Refusal out. Nothing is repaired, nothing is
// guessed: what two programs could read differently is refused, so that no second request can hide in a first one.
#pragma once

#include <span>

#include "api/http.h"
#include "api/http_target.h"

namespace sparkgate::api {

/// How a body is read.
enum class BodyKind {
  small,     // up to HeadLimits::body_bytes, into Request::body
  large,     // longer, into Request::body: a few at a time
  streamed,  // of any length, into Request::sink: a few at a time
};

/// A target whose requests may be large, or are streamed.
struct LargeBodies {
  std::string_view method, path;
  size_t bytes = 0;
  bool are_streamed = false;
};

struct HeadLimits {
  size_t target_bytes = 8192;
  size_t head_bytes = 32768;  // request line and header fields together
  size_t fields = 100;
  size_t body_bytes = 1 << 20;
  std::span<const LargeBodies> large = {};
};

struct RequestHead {
  Request request;  // its body still to come
  size_t content_length = 0;
  BodyKind body_kind = BodyKind::small;
  bool is_head = false;  // HEAD arrives as GET; only the answer's body is left out
  bool is_http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

/// Finds the end of a head in a growing buffer, and refuses a hopeless one before it is complete. Looks at each byte
/// once, so that sending byte by byte costs the sender more than us.
class HeadScanner {
 public:
  explicit HeadScanner(const HeadLimits& limits) : limits_(limits) {}

  /// Length of the head with its empty line, or 0 while more is needed. `bytes` is the same buffer, grown.
  /// Refuses as parse_head does for lines and sizes.
  Result<size_t> scan(std::string_view bytes);

 private:
  HeadLimits limits_;
  size_t seen_ = 0;
  size_t line_start_ = 0;
  size_t fields_ = 0;
};

/// `bytes` is a whole head with its empty line. Refuses bad_request (details: `reason`, the name of the broken grammar
/// rule or field as in RFC 9110 and 9112), length_required, body_too_large, uri_too_long, headers_too_large,
/// unsupported_transfer_coding, expectation_failed, method_unknown, http_version_unsupported.
Result<RequestHead> parse_head(std::string_view bytes, const HeadLimits& limits);

/// The Accept-Language of a head that was refused, to answer in the caller's language; "" when there is none.
std::string_view accept_language_of(std::string_view bytes);
/// Its path as it was sent, without the query; "" when there is none.
std::string_view path_of(std::string_view bytes);

}  // namespace sparkgate::api
