// AES-256-GCM (NIST SP 800-38D) over texts in memory. For this room's own files: whoever calls it answers for never
// using a key with one IV twice, and GCM alone does not tell under which of several keys something was sealed
// (certs/box.h does).
#pragma once

#include <optional>

#include "certs/secret.h"

namespace sparkgate {

inline constexpr size_t k_gcm_key_bytes = 32;
inline constexpr size_t k_gcm_iv_bytes = 12;
inline constexpr size_t k_gcm_tag_bytes = 16;

/// ciphertext ‖ tag. Throws std::invalid_argument for a key or IV of another length, or 2 GiB and more.
std::string gcm_seal(std::string_view key, std::string_view iv, std::string_view aad, std::string_view message);

/// Nothing when any of the four is not as it was at sealing.
std::optional<SecretBytes> gcm_open(std::string_view key, std::string_view iv, std::string_view aad,
                                    std::string_view sealed);

}  // namespace sparkgate
