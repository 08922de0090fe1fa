// path  = 1*( "/" segment ) ; no "." or "..", no empty segment but the last
// query = *( pair "&" ) pair ; pair = name [ "=" value ]
#include "api/http_target.h"

#include <algorithm>
#include <charconv>

#include "api/ascii.h"
#include "engine/base/codes.h"
#include "engine/base/utf8.h"

namespace sparkgate::api {
namespace {

// Percent-decodes what consists of `allowed` characters; the result is UTF-8 without control characters.
Result<std::string> decode(std::string_view text, uint8_t allowed, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      unsigned value = 0;
      const auto* first = text.data() + i + 1;
      const auto* last = text.data() + std::min(i + 3, text.size());
      if (std::from_chars(first, last, value, 16).ptr != first + 2) return bad_http("pct-encoded");
      c = static_cast<char>(value);
      if (c == '\t' || is(c, k_control)) return bad_http("pct-encoded");
      if (allowed == k_path && (c == '/' || c == '\\')) return bad_http("pct-encoded");
      i += 2;
    } else if (!is(c, allowed)) {
      return bad_http("request-target");
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    out += c;
  }
  if (!is_utf8(out)) return bad_http("UTF-8");
  return out;
}

}  // namespace

tl::unexpected<Refusal> bad_http(std::string_view grammar_rule) {
  return refuse(Code::bad_request, {{"reason", std::string(grammar_rule)}});
}

Result<std::string> parse_path(std::string_view raw) {
  if (raw.empty() || raw[0] != '/') return bad_http("origin-form");  // neither absolute-form, authority-form nor "*"
  auto path = decode(raw, k_path, false);
  if (!path) return path;
  for (size_t start = 1; start < path->size();) {
    const size_t end = std::min(path->find('/', start), path->size());
    const auto segment = std::string_view(*path).substr(start, end - start);
    if (segment.empty() || segment == "." || segment == "..") return bad_http("segment");
    start = end + 1;
  }
  return path;
}

Result<std::multimap<std::string, std::string>> parse_query(std::string_view query) {
  std::multimap<std::string, std::string> out;
  for (; !query.empty();) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals), k_query, true);
    auto value = decode(pair.substr(std::min(equals + 1, pair.size())), k_query, true);
    if (!name) return tl::make_unexpected(name.error());
    if (!value) return tl::make_unexpected(value.error());
    out.emplace(std::move(*name), std::move(*value));
  }
  return out;
}

}  // namespace sparkgate::api
