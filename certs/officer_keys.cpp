#include "certs/officer_keys.h"

#include "certs/box.h"
#include "certs/kdf.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

constexpr ScryptCost k_cost{17, 8, 1};
constexpr size_t k_salt_bytes = 16;
constexpr size_t k_recovery_symbols = 32;
constexpr std::string_view k_by_passphrase = "officer-passphrase";
constexpr std::string_view k_by_recovery = "officer-recovery";

std::string aad_of(const OfficerContext& context) {
  return canonical({{"officer", context.officer}, {"tenant", context.tenant}, {"version", 1}});
}

SecretBytes plain_of(const OfficerKeys& keys) {
  return SecretBytes::copy_of({keys.reading.secret().view(), keys.signing.secret().view()});
}

std::optional<OfficerKeys> keys_of(const std::optional<SecretBytes>& plain) {
  if (!plain || plain->size() != k_x25519_bytes + k_ed25519_bytes) return std::nullopt;
  return OfficerKeys{X25519Key::from_secret(plain->part(0, k_x25519_bytes)).value(),
                     Ed25519Key::from_secret(plain->part(k_x25519_bytes, k_ed25519_bytes)).value()};
}

}  // namespace

OfficerKeys OfficerKeys::generate(Random& random) {
  auto reading = X25519Key::generate(random);
  return {std::move(reading), Ed25519Key::generate(random)};
}

std::string wrap_by_passphrase(const OfficerKeys& keys, const OfficerContext& context, std::string_view passphrase,
                               Random& random) {
  const std::string salt = random.bytes(k_salt_bytes);
  const SecretBytes stretched = stretch(passphrase, salt, k_cost);
  return salt + wrap(stretched.view(), k_by_passphrase, aad_of(context), plain_of(keys).view(), random);
}

std::optional<OfficerKeys> unwrap_by_passphrase(std::string_view wrapped, const OfficerContext& context,
                                                std::string_view passphrase) {
  if (wrapped.size() != k_salt_bytes + k_wrap_overhead_bytes + k_x25519_bytes + k_ed25519_bytes) return std::nullopt;
  const SecretBytes stretched = stretch(passphrase, wrapped.substr(0, k_salt_bytes), k_cost);
  return keys_of(unwrap(stretched.view(), k_by_passphrase, aad_of(context), wrapped.substr(k_salt_bytes)));
}

std::optional<std::string> change_passphrase(std::string_view wrapped, const OfficerContext& context,
                                             std::string_view old_passphrase, std::string_view new_passphrase,
                                             Random& random) {
  const auto keys = unwrap_by_passphrase(wrapped, context, old_passphrase);
  if (!keys) return std::nullopt;
  return wrap_by_passphrase(*keys, context, new_passphrase, random);
}

RecoveryKey RecoveryKey::generate(Random& random) { return RecoveryKey(random_symbols(k_recovery_symbols, random)); }

std::optional<RecoveryKey> RecoveryKey::parse(std::string_view text) {
  auto symbols = symbols_of(text, k_recovery_symbols);
  if (!symbols) return std::nullopt;
  return RecoveryKey(std::move(*symbols));
}

std::string wrap_by_recovery_key(const OfficerKeys& keys, const OfficerContext& context, const RecoveryKey& key,
                                 Random& random) {
  return wrap(key.symbols(), k_by_recovery, aad_of(context), plain_of(keys).view(), random);
}

std::optional<OfficerKeys> unwrap_by_recovery_key(std::string_view wrapped, const OfficerContext& context,
                                                  const RecoveryKey& key) {
  return keys_of(unwrap(key.symbols(), k_by_recovery, aad_of(context), wrapped));
}

}  // namespace sparkgate
