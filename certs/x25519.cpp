#include "certs/x25519.h"

#include <openssl/err.h>

#include <algorithm>
#include <stdexcept>

#include "engine/base/digest.h"

namespace sparkgate {
namespace {

using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

std::string public_of(const EVP_PKEY& key) {
  std::string raw(k_x25519_bytes, '\0');
  size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(&key, octets(raw), &size) != 1) {
    throw std::runtime_error("a key without its public half");
  }
  return raw;
}

// RFC 7748, section 5: little-endian; numbers from the prime on, and the last bit, would be reduced by the receiver.
bool is_reduced(std::string_view raw) {
  const bool all_ones = std::all_of(raw.begin() + 1, raw.end() - 1, [](char c) { return c == '\xff'; });
  const auto first = static_cast<unsigned char>(raw.front()), last = static_cast<unsigned char>(raw.back());
  return last < 0x7f || (last == 0x7f && !(all_ones && first >= 0xed));
}

}  // namespace

X25519Key X25519Key::generate(Random& random) {
  return from_secret(SecretBytes::random(k_x25519_bytes, random).view()).value();
}

std::optional<X25519Key> X25519Key::from_secret(std::string_view secret) {
  if (secret.size() != k_x25519_bytes) return std::nullopt;
  EvpKey evp(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, octets(secret), secret.size()));
  if (!evp) throw std::runtime_error("X25519 is not available");
  std::string public_key = public_of(*evp);
  return X25519Key(SecretBytes::copy_of({secret}), std::move(evp), std::move(public_key));
}

std::optional<SecretBytes> X25519Key::agree(std::string_view peer) const {
  if (peer.size() != k_x25519_bytes) return std::nullopt;
  const EvpKey other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, octets(peer), peer.size()));
  const KeyContext context(EVP_PKEY_CTX_new(evp_.get(), nullptr));
  SecretBytes shared(k_x25519_bytes);
  size_t size = shared.size();
  // OpenSSL fails when the result is zero; the tests hold it to that.
  if (EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), shared.octets(), &size) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  return shared;
}

bool is_x25519_public(std::string_view raw) {
  static const X25519Key k_any = X25519Key::from_secret(std::string(k_x25519_bytes, '\x42')).value();
  return raw.size() == k_x25519_bytes && is_reduced(raw) && k_any.agree(raw).has_value();
}

std::string key_id_of(std::string_view public_key) {
  return hex(bytes_of(sha256({"wb/key/v1", public_key})).substr(0, 16));
}

}  // namespace sparkgate
