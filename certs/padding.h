// Sizes that tell little: texts padded to one of three sizes, files to a size with few bits.
#pragma once

#include <cstdint>
#include <optional>

#include "certs/secret.h"

namespace sparkgate {

inline constexpr size_t k_padded_text_bytes[] = {1024, 4096, 16384};
inline constexpr size_t k_text_prefix_bytes = 4;
inline constexpr size_t k_max_text_bytes = 16384 - k_text_prefix_bytes;

/// u32be size ‖ text ‖ zeros, in the smallest of the three sizes that holds it. Nothing for more than k_max_text_bytes.
std::optional<SecretBytes> pad_text(std::string_view text);

/// Nothing for what pad_text does not make: another size, a text that a smaller one would hold, padding that is not
/// zero.
std::optional<SecretBytes> unpad_text(std::string_view padded);

/// The size that a file of `bytes` is padded to (Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files
/// and Communication with PURBs", 2019): at most 12 % more, and O(log log) bits told. `bytes` is at most 2^62.
uint64_t padme(uint64_t bytes);

}  // namespace sparkgate
