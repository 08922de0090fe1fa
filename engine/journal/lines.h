// Lines of the log's text formats: each ends with a newline, a hash stands in base64.
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/digest.h"

namespace sparkgate::journal {

/// The next line without its newline, taken off `text`; nothing when no newline is left.
std::optional<std::string_view> next_line(std::string_view& text);

std::optional<Digest> digest_of(std::string_view line);

}  // namespace sparkgate::journal
