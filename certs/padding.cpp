#include "certs/padding.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace sparkgate {
namespace {

size_t padded_size(size_t text_bytes) {
  for (const size_t size : k_padded_text_bytes) {
    if (text_bytes + k_text_prefix_bytes <= size) return size;
  }
  return 0;
}

}  // namespace

std::optional<SecretBytes> pad_text(std::string_view text) {
  if (text.size() > k_max_text_bytes) return std::nullopt;
  SecretBytes out(padded_size(text.size()));
  for (size_t i = 0; i < k_text_prefix_bytes; ++i) {
    out.octets()[i] = static_cast<unsigned char>(text.size() >> (8 * (k_text_prefix_bytes - 1 - i)));
  }
  std::copy(text.begin(), text.end(), out.octets() + k_text_prefix_bytes);
  return out;
}

std::optional<SecretBytes> unpad_text(std::string_view padded) {
  if (padded.size() < k_padded_text_bytes[0]) return std::nullopt;
  size_t size = 0;
  for (size_t i = 0; i < k_text_prefix_bytes; ++i) size = size << 8 | static_cast<unsigned char>(padded[i]);
  if (size > k_max_text_bytes || padded.size() != padded_size(size)) return std::nullopt;
  const std::string_view rest = padded.substr(k_text_prefix_bytes + size);
  if (rest.find_first_not_of('\0') != rest.npos) return std::nullopt;
  return SecretBytes::copy_of({padded.substr(k_text_prefix_bytes, size)});
}

uint64_t padme(uint64_t bytes) {
  if (bytes > uint64_t{1} << 62) throw std::invalid_argument("no file is that large");
  if (bytes < 2) return bytes;
  const int exponent = std::bit_width(bytes) - 1;
  const int kept_bits = std::bit_width(static_cast<unsigned>(exponent));
  const uint64_t mask = (uint64_t{1} << std::max(exponent - kept_bits, 0)) - 1;
  return (bytes + mask) & ~mask;
}

}  // namespace sparkgate
