// head         = request-line *field-line CRLF
// request-line = method SP path [ "?" query ] SP ( "HTTP/1.0" / "HTTP/1.1" ) CRLF
// field-line   = token ":" OWS value OWS CRLF            ; no folding, no space before the colon
// value        = *( HTAB / %x20-7E / UTF-8 beyond ASCII ) ; and no RFC 2047 encoded words
#include "api/http_parser.h"

#include <charconv>

#include "api/ascii.h"
#include "engine/base/codes.h"
#include "engine/base/utf8.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_request_line_overhead = 32;  // method, version and spaces
constexpr std::string_view k_methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view k_methods_with_body[] = {"POST", "PUT", "PATCH"};
constexpr std::string_view k_single_fields[] = {  // two of these have no agreed meaning
    "authorization", "content-length", "content-type", "cookie", "expect", "host", "idempotency-key", "origin"};

struct RequestLine {
  std::string_view method, target;
  bool is_http_1_0;
};

Result<RequestLine> parse_request_line(std::string_view line, const HeadLimits& limits) {
  const size_t first = line.find(' ');
  const size_t second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos || line.find(' ', second + 1) != line.npos) return bad_http("request-line");
  const auto method = line.substr(0, first), target = line.substr(first + 1, second - first - 1),
             version = line.substr(second + 1);
  if (method.empty() || !all_are(method, k_token)) return bad_http("method");
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) || version[6] != '.' ||
      !is_digit(version[7])) {
    return bad_http("HTTP-version");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse(Code::http_version_unsupported);
  if (!is_one_of(method, k_methods)) {
    return refuse(Code::method_unknown, {{"allowed", "GET HEAD POST PUT PATCH DELETE OPTIONS"}});
  }
  if (target.size() > limits.target_bytes) return refuse(Code::uri_too_long);
  return RequestLine{method, target, version == "HTTP/1.0"};
}

// "=?charset?Q?text?=": some libraries decode it into line breaks, so no value may carry one further.
bool holds_encoded_word(std::string_view value) {
  const size_t start = value.find("=?");
  if (start == value.npos) return false;
  for (size_t at = start + 2; (at = value.find('?', at)) != value.npos; ++at) {
    if (at + 2 < value.size() && value[at + 2] == '?' && std::string_view("QqBb").find(value[at + 1]) != value.npos) {
      return true;
    }
  }
  return false;
}

Result<void> add_field(std::string_view line, Request& request) {
  if (line[0] == ' ' || line[0] == '\t') return bad_http("obs-fold");
  const size_t colon = line.find(':');
  if (colon == line.npos) return bad_http("field-line");
  const auto name = line.substr(0, colon), value = trim_blanks(line.substr(colon + 1));
  if (name.empty() || !all_are(name, k_token)) return bad_http("field-name");
  if (any_is(value, k_control) || !is_utf8(value)) return bad_http("field-value");
  if (holds_encoded_word(value)) return bad_http("encoded-word");
  auto [at, is_new] = request.headers.try_emplace(to_lower(name), value);
  if (is_new) return {};
  if (is_one_of(at->first, k_single_fields)) return bad_http(at->first);
  at->second.append(", ").append(value);
  return {};
}

Result<size_t> parse_length(std::string_view text, size_t limit) {
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return bad_http("Content-Length");
  size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || length > limit) return refuse(Code::body_too_large, {{"limit_bytes", limit}});
  return length;
}

Result<void> measure_body(RequestHead& head, std::string_view length, std::string_view method,
                          const HeadLimits& limits) {
  const auto large = std::find_if(limits.large.begin(), limits.large.end(), [&](const LargeBodies& row) {
    return row.method == method && row.path == head.request.path;
  });
  const bool has_row = large != limits.large.end();
  const auto bytes = parse_length(length, has_row ? large->bytes : limits.body_bytes);
  if (!bytes) return tl::make_unexpected(bytes.error());
  head.content_length = *bytes;
  if (*bytes > limits.body_bytes) head.body_kind = BodyKind::large;
  if (has_row && large->are_streamed) head.body_kind = BodyKind::streamed;
  return {};
}

// Where the body ends, and whether another request may follow it.
Result<void> frame(RequestHead& head, std::string_view method, const HeadLimits& limits) {
  const auto& headers = head.request.headers;
  const auto length = headers.find("content-length"), host = headers.find("host"), expect = headers.find("expect");
  if (headers.contains("transfer-encoding")) {
    if (length != headers.end()) return bad_http("Transfer-Encoding, Content-Length");
    return refuse(Code::unsupported_transfer_coding);
  }
  if (host == headers.end() ? !head.is_http_1_0 : host->second.empty() || !all_are(host->second, k_host)) {
    return bad_http("Host");
  }
  if (length != headers.end()) {
    if (auto measured = measure_body(head, length->second, method, limits); !measured) return measured;
  } else if (is_one_of(method, k_methods_with_body)) {
    return refuse(Code::length_required);
  }
  if (expect != headers.end()) {
    if (to_lower(expect->second) != "100-continue") return refuse(Code::expectation_failed);
    head.expects_continue = !head.is_http_1_0;
  }
  const auto connection = head.request.header("connection");
  head.keep_alive = !list_holds(connection, "close") && (!head.is_http_1_0 || list_holds(connection, "keep-alive"));
  return {};
}

}  // namespace

Result<size_t> HeadScanner::scan(std::string_view bytes) {
  for (; seen_ < bytes.size(); ++seen_) {
    const char c = bytes[seen_];
    const bool after_cr = seen_ > 0 && bytes[seen_ - 1] == '\r';
    if ((c == '\n') != after_cr) return bad_http("CRLF");
    if (is(c, k_control) && c != '\r' && c != '\n') return bad_http("CTL");
    if (line_start_ == 0 && seen_ >= limits_.target_bytes + k_request_line_overhead) return refuse(Code::uri_too_long);
    if (seen_ >= limits_.head_bytes) return refuse(Code::headers_too_large);
    if (c != '\n') continue;
    const auto line = bytes.substr(line_start_, seen_ - 1 - line_start_);
    if (line_start_ == 0) {
      if (const auto parsed = parse_request_line(line, limits_); !parsed) return tl::make_unexpected(parsed.error());
    } else if (line.empty()) {
      return seen_ + 1;
    } else if (++fields_ > limits_.fields) {
      return refuse(Code::headers_too_large);
    }
    line_start_ = seen_ + 1;
  }
  return 0;
}

Result<RequestHead> parse_head(std::string_view bytes, const HeadLimits& limits) {
  if (bytes.size() > limits.head_bytes) return refuse(Code::headers_too_large);
  size_t end = bytes.find("\r\n");
  if (end == bytes.npos) return bad_http("CRLF");
  const auto line = parse_request_line(bytes.substr(0, end), limits);
  if (!line) return tl::make_unexpected(line.error());
  const size_t question = std::min(line->target.find('?'), line->target.size());
  auto path = parse_path(line->target.substr(0, question));
  if (!path) return tl::make_unexpected(path.error());
  auto query = parse_query(line->target.substr(std::min(question + 1, line->target.size())));
  if (!query) return tl::make_unexpected(query.error());

  RequestHead head;
  head.is_http_1_0 = line->is_http_1_0;
  head.is_head = line->method == "HEAD";
  head.request.method = head.is_head ? "GET" : line->method;
  head.request.path = std::move(*path);
  head.request.query = std::move(*query);
  for (size_t start = end + 2;; start = end + 2) {
    end = bytes.find("\r\n", start);
    if (end == bytes.npos) return bad_http("CRLF");
    if (end == start) break;
    if (auto added = add_field(bytes.substr(start, end - start), head.request); !added) {
      return tl::make_unexpected(added.error());
    }
  }
  if (auto framed = frame(head, line->method, limits); !framed) return tl::make_unexpected(framed.error());
  return head;
}

std::string_view accept_language_of(std::string_view bytes) {
  constexpr std::string_view name = "accept-language:";
  for (size_t start = bytes.find('\n'); start != bytes.npos; start = bytes.find('\n', start + 1)) {
    const auto line = bytes.substr(start + 1, bytes.find_first_of("\r\n", start + 1) - start - 1);
    if (to_lower(line.substr(0, name.size())) == name) return trim_blanks(line.substr(name.size()));
  }
  return {};
}

std::string_view path_of(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  const size_t start = line.find(' ');
  if (start == line.npos || start + 1 == line.size() || line[start + 1] != '/') return {};
  return line.substr(start + 1, line.find_first_of(" ?", start + 1) - start - 1);
}

}  // namespace sparkgate::api
