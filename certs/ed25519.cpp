#include "certs/ed25519.h"

#include <stdexcept>

namespace sparkgate {

Ed25519Key Ed25519Key::generate(Random& random) {
  return from_secret(SecretBytes::random(k_ed25519_bytes, random).view()).value();
}

std::optional<Ed25519Key> Ed25519Key::from_secret(std::string_view secret) {
  if (secret.size() != k_ed25519_bytes) return std::nullopt;
  EvpKey evp(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(secret), secret.size()));
  if (!evp) throw std::runtime_error("Ed25519 is not available");
  std::string public_key = raw_public(*evp, KeyType::ed25519);
  return Ed25519Key(SecretBytes::copy_of({secret}), std::move(evp), std::move(public_key));
}

std::string Ed25519Key::sign(std::string_view message) const {
  std::string signature = sign_by(*evp_, KeyType::ed25519, "", message);
  if (signature.empty()) throw std::runtime_error("Ed25519 failed");
  return signature;
}

}  // namespace sparkgate
