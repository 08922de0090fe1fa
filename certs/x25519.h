// X25519 (RFC 7748): keys to which things are sealed.
#pragma once

#include <optional>

#include "certs/evp.h"
#include "certs/secret.h"

namespace sparkgate {

inline constexpr size_t k_x25519_bytes = 32;

/// A key pair. Moved, never copied.
class X25519Key {
 public:
  static X25519Key generate(Random& random);
  /// Any 32 bytes are one, clamped when used (section 5); nothing for another length.
  static std::optional<X25519Key> from_secret(std::string_view secret);

  const std::string& public_key() const { return public_; }
  const SecretBytes& secret() const { return secret_; }
  /// The shared secret of 32 bytes; nothing for a peer that is no public key or one of low order, with which the secret
  /// would be zero whatever our key is (section 6.1).
  std::optional<SecretBytes> agree(std::string_view peer) const;

 private:
  X25519Key(SecretBytes secret, EvpKey evp, std::string public_key)
      : secret_(std::move(secret)), evp_(std::move(evp)), public_(std::move(public_key)) {}
  SecretBytes secret_;
  EvpKey evp_;
  std::string public_;
};

/// Something can be sealed to it and opened again: 32 bytes, in the one form that a secret's owner derives (below
/// 2^255 - 19), not of low order.
bool is_x25519_public(std::string_view raw);

/// 32 hexadecimal digits by which a public key is named: the first half of SHA-256("wb/key/v1" ‖ key).
std::string key_id_of(std::string_view public_key);

}  // namespace sparkgate
