// Sealing to a public key: who holds its secret reads it, and nobody else, not even who sealed it.
//
//   ss     = X25519(ephemeral secret, public key)
//   box    = close_box(ss, salt = epk ‖ pk, info = "wb/seal/v1" ‖ purpose), see certs/box.h
//   aad    = canonical JSON {purpose, recipient (key_id_of(pk)), report, tenant, version: 1}
//   sealed = epk 32 ‖ commitment 32 ‖ ciphertext ‖ tag 16
#pragma once

#include "certs/x25519.h"

namespace sparkgate {

/// What a sealed text belongs to: nowhere else does it open. UTF-8.
struct SealContext {
  std::string tenant;
  std::string report;
  std::string purpose;
};

inline constexpr size_t k_seal_overhead_bytes = 80;

/// Nothing for a key to which nothing can be sealed (is_x25519_public).
std::optional<std::string> seal(std::string_view public_key, const SealContext& context, std::string_view message,
                                Random& random);

/// Nothing for another recipient or context, and for any altered byte.
std::optional<SecretBytes> open_sealed(const X25519Key& recipient, const SealContext& context, std::string_view sealed);

}  // namespace sparkgate
