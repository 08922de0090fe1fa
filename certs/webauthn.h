// Assertions of passkeys and security keys: W3C Web Authentication Level 2, section 7.2, for ES256 keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "certs/keys.h"
#include "engine/base/digest.h"

namespace sparkgate {

/// As `navigator.credentials.get` gives it, in bytes. These three are kept: anybody can verify them again.
struct Assertion {
  std::string authenticator_data;
  std::string client_data_json;
  std::string signature;  // DER
};

struct AssertionPolicy {
  std::string rp_id;                 // "permits.example.org"
  std::vector<std::string> origins;  // "https://permits.example.org"
  bool user_verification = true;     // by PIN or biometrics, beyond presence
};

struct VerifiedAssertion {
  /// Of the authenticator. When it or the one before is not 0 and it has not grown, the key may have been cloned: the
  /// caller, who has the one before, decides.
  uint32_t sign_count = 0;
  bool user_verified = false;
};

inline constexpr size_t k_max_assertion_part_bytes = 8192;

/// `challenge` is what the authenticator had to sign: SHA-256 of the canonical intent. `key` is of P-256.
/// Refuses assertion_invalid with the first thing that is not as it must be.
Result<VerifiedAssertion> verify_assertion(const Assertion& assertion, const PublicKey& key, const Digest& challenge,
                                           const AssertionPolicy& policy);

}  // namespace sparkgate
