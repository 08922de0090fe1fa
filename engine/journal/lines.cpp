#include "engine/journal/lines.h"

#include <algorithm>

namespace sparkgate::journal {

std::optional<std::string_view> next_line(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<Digest> digest_of(std::string_view line) {
  constexpr size_t k_characters = 44;  // of 32 bytes
  const auto bytes = line.size() == k_characters ? from_base64(line) : std::nullopt;
  Digest digest;
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace sparkgate::journal
