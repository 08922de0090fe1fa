// field-line  = token ":" OWS value OWS CRLF                 ; no folding
// disposition = "form-data" *( OWS ";" OWS parameter )
// parameter   = token "=" ( token / DQUOTE *( any but DQUOTE ) DQUOTE )
//
// In quotes a backslash is itself: browsers escape quotes and line ends as %22, %0D, %0A and nothing else.
#include "api/multipart_head.h"

#include "api/ascii.h"
#include "engine/base/utf8.h"

namespace sparkgate::api {
namespace {

using Fault = MultipartFault;
using Values = std::map<std::string, std::string_view>;  // by names in lower case

constexpr size_t k_max_boundary_bytes = 70;
constexpr std::string_view k_boundary =  // RFC 2046: bchars
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ";
constexpr std::string_view k_single_fields[] = {"content-disposition", "content-transfer-encoding", "content-type"};
constexpr std::string_view k_plain_encodings[] = {"7bit", "8bit", "binary"};
constexpr std::pair<std::string_view, std::string_view> k_escapes[] = {{"%22", "\""}, {"%0D", "\r"}, {"%0A", "\n"}};

tl::expected<Values, Fault> fields_of(std::string_view lines) {
  Values fields;
  if (!is_utf8(lines)) return tl::unexpected(Fault::malformed_head);
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    const size_t colon = line.find(':');
    if (colon == line.npos) return tl::unexpected(Fault::malformed_head);
    const auto name = line.substr(0, colon), value = trim_blanks(line.substr(colon + 1));
    if (name.empty() || !all_are(name, k_token) || any_is(value, k_control)) {
      return tl::unexpected(Fault::malformed_head);
    }
    const auto [at, is_new] = fields.try_emplace(to_lower(name), value);
    if (!is_new && is_one_of(at->first, k_single_fields)) return tl::unexpected(Fault::duplicate_field);
  }
  return fields;
}

std::string_view value_of(const Values& values, const char* name) {
  const auto at = values.find(name);
  return at == values.end() ? std::string_view() : at->second;
}

// What a value is before its parameters ("form-data").
std::string kind_of(std::string_view value) { return to_lower(trim_blanks(value.substr(0, value.find(';')))); }

// Takes a parameter's value off the front of `text`; nothing when none stands there.
std::optional<std::string_view> take_value(std::string_view& text) {
  const bool is_quoted = text.starts_with('"');
  const size_t end = is_quoted ? text.find('"', 1) : std::min(text.find_first_of("; \t"), text.size());
  if (end == text.npos) return std::nullopt;
  const auto value = is_quoted ? text.substr(1, end - 1) : text.substr(0, end);
  text.remove_prefix(is_quoted ? end + 1 : end);
  if (!is_quoted && (value.empty() || !all_are(value, k_token))) return std::nullopt;
  return value;
}

tl::expected<Values, Fault> parameters_of(std::string_view value) {
  Values parameters;
  auto rest = value.substr(std::min(value.find(';'), value.size()));
  while (!rest.empty()) {
    if (rest[0] != ';') return tl::unexpected(Fault::malformed_disposition);
    rest = trim_blanks(rest.substr(1));
    const auto name = rest.substr(0, rest.find('='));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    const auto taken = take_value(rest);
    if (name.empty() || !all_are(name, k_token) || name.ends_with('*') || !taken) {
      return tl::unexpected(Fault::malformed_disposition);
    }
    if (!parameters.try_emplace(to_lower(name), *taken).second) return tl::unexpected(Fault::duplicate_parameter);
    rest = trim_blanks(rest);
  }
  return parameters;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto escape = std::find_if(std::begin(k_escapes), std::end(k_escapes),
                                     [&](const auto& row) { return text.starts_with(row.first); });
    const bool is_escape = escape != std::end(k_escapes);
    out += is_escape ? escape->second : text.substr(0, 1);
    text.remove_prefix(is_escape ? escape->first.size() : 1);
  }
  return out;
}

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= k_max_boundary_bytes && !text.ends_with(' ') &&
         text.find_first_not_of(k_boundary) == text.npos;
}

}  // namespace

std::string_view name_of(MultipartFault fault) {
  constexpr std::string_view k_names[] = {"preamble",
                                          "misplaced_boundary",
                                          "too_many_parts",
                                          "broken_line",
                                          "head_too_long",
                                          "malformed_head",
                                          "duplicate_field",
                                          "malformed_disposition",
                                          "duplicate_parameter",
                                          "no_name",
                                          "nested_multipart",
                                          "encoded",
                                          "text_too_long",
                                          "epilogue",
                                          "incomplete",
                                          "unwanted"};
  return k_names[static_cast<size_t>(fault)];
}

tl::expected<PartHead, MultipartFault> read_part_head(std::string_view lines) {
  const auto fields = fields_of(lines);
  if (!fields) return tl::unexpected(fields.error());
  const auto disposition = value_of(*fields, "content-disposition"), type = value_of(*fields, "content-type");
  if (kind_of(disposition) != "form-data") return tl::unexpected(Fault::malformed_disposition);
  const auto parameters = parameters_of(disposition);
  if (!parameters) return tl::unexpected(parameters.error());
  if (value_of(*parameters, "name").empty()) return tl::unexpected(Fault::no_name);
  if (kind_of(type).starts_with("multipart/")) return tl::unexpected(Fault::nested_multipart);
  const auto encoding = fields->find("content-transfer-encoding");
  if (encoding != fields->end() && !is_one_of(to_lower(encoding->second), k_plain_encodings)) {
    return tl::unexpected(Fault::encoded);
  }
  return PartHead{without_escapes(value_of(*parameters, "name")), std::string(value_of(*parameters, "filename")),
                  std::string(type), parameters->contains("filename")};
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  if (kind_of(content_type) != "multipart/form-data") return std::nullopt;
  const auto parameters = parameters_of(content_type);
  if (!parameters) return std::nullopt;
  const auto boundary = value_of(*parameters, "boundary");
  return is_boundary(boundary) ? std::optional<std::string>(boundary) : std::nullopt;
}

}  // namespace sparkgate::api
