// A box under a secret: AES-256-GCM that also commits to its key, so that what opens under one secret opens under no
// other, not even by the design of whoever made it. For this room's own files.
//
//   HKDF-SHA256(secret, salt, info) → key 32 ‖ IV 12 ‖ commitment 32
//   box = commitment ‖ ciphertext ‖ tag 16
#pragma once

#include <optional>

#include "certs/secret.h"

namespace sparkgate {

inline constexpr size_t k_box_overhead_bytes = 48;
inline constexpr size_t k_wrap_overhead_bytes = 32 + k_box_overhead_bytes;

struct BoxKey {
  std::string_view secret, salt, info;  // borrowed; secret and salt together are used for one box alone
};

std::string close_box(const BoxKey& key, std::string_view aad, std::string_view message);

/// Nothing for another key or additional data, and for any altered byte. The commitment is compared in constant time.
std::optional<SecretBytes> open_box(const BoxKey& key, std::string_view aad, std::string_view box);

/// A box under a key that is used more than once: salt 32 ‖ box, with a fresh salt and info = "wb/wrap/v1" ‖ purpose.
std::string wrap(std::string_view key, std::string_view purpose, std::string_view aad, std::string_view message,
                 Random& random);
/// Nothing where open_box gives nothing.
std::optional<SecretBytes> unwrap(std::string_view key, std::string_view purpose, std::string_view aad,
                                  std::string_view wrapped);

}  // namespace sparkgate
