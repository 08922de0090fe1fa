#include "certs/box.h"

#include "certs/aead.h"
#include "certs/kdf.h"
#include "certs/token.h"

namespace sparkgate {
namespace {

constexpr size_t k_commitment_at = k_gcm_key_bytes + k_gcm_iv_bytes;
constexpr size_t k_commitment_bytes = 32;
constexpr size_t k_salt_bytes = 32;
static_assert(k_box_overhead_bytes == k_commitment_bytes + k_gcm_tag_bytes);
static_assert(k_wrap_overhead_bytes == k_salt_bytes + k_box_overhead_bytes);

struct Derived {
  SecretBytes all;
  std::string_view key() const { return all.part(0, k_gcm_key_bytes); }
  std::string_view iv() const { return all.part(k_gcm_key_bytes, k_gcm_iv_bytes); }
  std::string_view commitment() const { return all.part(k_commitment_at, k_commitment_bytes); }
};

Derived derived_of(const BoxKey& key) {
  return {hkdf(key.secret, key.salt, key.info, k_commitment_at + k_commitment_bytes)};
}

std::string wrap_info(std::string_view purpose) { return std::string("wb/wrap/v1").append(purpose); }

}  // namespace

std::string close_box(const BoxKey& key, std::string_view aad, std::string_view message) {
  const Derived derived = derived_of(key);
  return std::string(derived.commitment()) + gcm_seal(derived.key(), derived.iv(), aad, message);
}

std::optional<SecretBytes> open_box(const BoxKey& key, std::string_view aad, std::string_view box) {
  if (box.size() < k_box_overhead_bytes) return std::nullopt;
  const Derived derived = derived_of(key);
  if (!constant_time_equal(derived.commitment(), box.substr(0, k_commitment_bytes))) return std::nullopt;
  return gcm_open(derived.key(), derived.iv(), aad, box.substr(k_commitment_bytes));
}

std::string wrap(std::string_view key, std::string_view purpose, std::string_view aad, std::string_view message,
                 Random& random) {
  const std::string salt = random.bytes(k_salt_bytes), info = wrap_info(purpose);
  return salt + close_box({key, salt, info}, aad, message);
}

std::optional<SecretBytes> unwrap(std::string_view key, std::string_view purpose, std::string_view aad,
                                  std::string_view wrapped) {
  if (wrapped.size() < k_wrap_overhead_bytes) return std::nullopt;
  const std::string info = wrap_info(purpose);
  return open_box({key, wrapped.substr(0, k_salt_bytes), info}, aad, wrapped.substr(k_salt_bytes));
}

}  // namespace sparkgate
