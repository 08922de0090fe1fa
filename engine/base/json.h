// The door for JSON: strict parsing of what comes in, RFC 8785 (JCS) for what is hashed.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json_value.h"
#include "engine/base/refusal.h"

namespace sparkgate {

inline constexpr int k_max_json_depth = 32;

/// Parses one JSON text. Refuses malformed_json (also invalid UTF-8, lone surrogates, trailing text),
/// json_too_deep (over `max_depth` levels), duplicate_member, nul_in_string and number_out_of_range (integers beyond
/// ±2^53, numbers beyond a double). Details: `offset` in bytes, `reason`.
Result<Json> parse_json(std::string_view text, int max_depth = k_max_json_depth);

/// RFC 8785: members sorted by UTF-16 code units, ECMAScript numbers, no white space. Never fails for values that
/// parse_json let in.
std::string canonical(const Json& value);

/// The member as text, or "" when it is absent or no string.
std::string text_of(const Json& object, std::string_view member);

}  // namespace sparkgate
