#include "tests/support/http_parser_property.h"

#include "api/ascii.h"
#include "api/http_parser.h"
#include "engine/base/utf8.h"

namespace sparkgate::test {
namespace {

// Small, so that short inputs reach every limit.
constexpr api::HeadLimits k_limits{.target_bytes = 64, .head_bytes = 512, .fields = 8, .body_bytes = 100};

std::string verdict(const Result<size_t>& scanned) {
  return scanned ? std::to_string(*scanned) : describe(scanned.error());
}

bool is_clean(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) {
           return (c < 0x20 && c != '\t') || c == 0x7f;
         });
}

std::string broken_promise_of(const api::RequestHead& head) {
  const api::Request& request = head.request;
  if (request.path.empty() || request.path[0] != '/') return "a path begins with /";
  if (("/" + request.path + "/").find("/../") != std::string::npos) return "a path has no dot segments";
  if (request.path.find('\\') != std::string::npos || !is_clean(request.path)) return "a path is clean";
  for (const auto& [name, value] : request.query) {
    if (!is_clean(name) || !is_clean(value)) return "a query is clean";
  }
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || api::to_lower(name) != name || !is_clean(name)) return "a field's name is clean";
    if (!is_clean(value) || value.size() > k_limits.head_bytes) return "a field's value is clean";
  }
  if (request.headers.contains("transfer-encoding")) return "no transfer coding is let in";
  if (!head.is_http_1_0 && request.header("host").empty()) return "a request has a Host";
  if (head.content_length > k_limits.body_bytes) return "a body is bounded";
  return "";
}

}  // namespace

std::string broken_http_promise(std::string_view bytes) {
  api::HeadScanner whole(k_limits), drip(k_limits);
  const auto at_once = whole.scan(bytes);
  auto byte_by_byte = Result<size_t>(0);
  for (size_t i = 1; i <= bytes.size() && byte_by_byte && *byte_by_byte == 0; ++i) {
    byte_by_byte = drip.scan(bytes.substr(0, i));
  }
  if (verdict(at_once) != verdict(byte_by_byte)) return "a head is judged alike, whole or byte by byte";
  if (api::accept_language_of(bytes).size() > bytes.size()) return "a language is part of the bytes";
  if (const auto parsed = api::parse_head(bytes, k_limits); parsed) {  // parse_head must not lean on the scanner
    if (const auto broken = broken_promise_of(*parsed); !broken.empty()) return broken;
  }
  if (!at_once || *at_once == 0) return "";
  if (bytes.substr(0, *at_once).substr(*at_once - 4) != "\r\n\r\n") return "a head ends with an empty line";
  return "";
}

}  // namespace sparkgate::test
