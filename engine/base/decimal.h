// Whole numbers as protocols write them: digits alone, in their one spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sparkgate {

/// Nothing for signs, blanks, leading zeros, 2^64 and more, and the empty text.
std::optional<uint64_t> from_decimal(std::string_view text);

}  // namespace sparkgate
