// SHA-256, hexadecimal, base64.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sparkgate {

using Digest = std::array<uint8_t, 32>;

/// SHA-256 over the parts, one after the other.
Digest sha256(std::initializer_list<std::string_view> parts);
inline Digest sha256(std::string_view text) { return sha256({text}); }

inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex(std::string_view bytes);
inline std::string hex(const Digest& digest) { return hex(bytes_of(digest)); }
/// Small or capital digits; nothing for whatever is not pairs of them.
std::optional<std::string> from_hex(std::string_view text);

/// base64 with padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);
/// Strict: exactly the texts that base64 writes, so no blanks, no missing padding, no stray bits; else nothing.
std::optional<std::string> from_base64(std::string_view text);
/// Without padding, "-" and "_" for "+" and "/" (section 5), as in JOSE and WebAuthn.
std::string base64url(std::string_view bytes);

}  // namespace sparkgate
