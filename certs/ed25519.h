// Ed25519 (RFC 8032) from the 32 bytes of its secret: for keys that are unwrapped, not read from files (certs/keys.h).
#pragma once

#include <optional>

#include "certs/evp.h"
#include "certs/secret.h"

namespace sparkgate {

inline constexpr size_t k_ed25519_bytes = 32;
inline constexpr size_t k_ed25519_signature_bytes = 64;

/// A key pair. Moved, never copied.
class Ed25519Key {
 public:
  static Ed25519Key generate(Random& random);
  /// Nothing for another length.
  static std::optional<Ed25519Key> from_secret(std::string_view secret);

  /// As PublicKey::from_raw takes it.
  const std::string& public_key() const { return public_; }
  const SecretBytes& secret() const { return secret_; }
  /// As PublicKey::verify takes it.
  std::string sign(std::string_view message) const;

 private:
  Ed25519Key(SecretBytes secret, EvpKey evp, std::string public_key)
      : secret_(std::move(secret)), evp_(std::move(evp)), public_(std::move(public_key)) {}
  SecretBytes secret_;
  EvpKey evp_;
  std::string public_;
};

}  // namespace sparkgate
