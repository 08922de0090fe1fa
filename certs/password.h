// Passwords as verifiers by scrypt (RFC 7914): "$scrypt$ln=15,r=8,p=1$salt$hash", base64 without padding.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/random.h"

namespace sparkgate {

inline constexpr size_t k_min_password_characters = 10;
inline constexpr size_t k_max_password_bytes = 256;

/// Refuses password_weak: shorter than 10 characters, longer than 256 bytes, built on the login, or one of the
/// commonest (NIST SP 800-63B, 5.1.1.2: no rules of composition).
Result<void> check_password(std::string_view password, std::string_view login);

/// A verifier with a fresh salt of 16 bytes. Costs about 32 MiB and a tenth of a second.
std::string password_verifier(std::string_view password, Random& random);

/// Constant time in the password. A verifier that is empty or broken costs the same work and says no, so that unknown
/// accounts answer as slowly as known ones.
bool verify_password(std::string_view password, std::string_view verifier);

}  // namespace sparkgate
