#include "engine/base/decimal.h"

#include <charconv>

namespace sparkgate {

std::optional<uint64_t> from_decimal(std::string_view text) {
  if (text.starts_with('0') && text != "0") return std::nullopt;
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace sparkgate
