// Keys that every run of a test makes alike.
#pragma once

#include <string>
#include <string_view>

#include "certs/keys.h"

namespace sparkgate::test {

/// RFC 8032, section 7.1, TEST 1.
inline constexpr std::string_view k_rfc8032_seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

/// PKCS#8 PEM (RFC 8410) of the 32 bytes in hexadecimal.
std::string ed25519_pem(std::string_view seed_hex);

PrivateKey ed25519_of(std::string_view seed_hex);

}  // namespace sparkgate::test
