#include "certs/seal.h"

#include "certs/box.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

static_assert(k_seal_overhead_bytes == k_x25519_bytes + k_box_overhead_bytes);

std::string info_of(const SealContext& context) { return "wb/seal/v1" + context.purpose; }

std::string aad_of(const SealContext& context, std::string_view public_key) {
  return canonical({{"purpose", context.purpose},
                    {"recipient", key_id_of(public_key)},
                    {"report", context.report},
                    {"tenant", context.tenant},
                    {"version", 1}});
}

}  // namespace

std::optional<std::string> seal(std::string_view public_key, const SealContext& context, std::string_view message,
                                Random& random) {
  if (!is_x25519_public(public_key)) return std::nullopt;
  const X25519Key ephemeral = X25519Key::generate(random);
  const auto shared = ephemeral.agree(public_key);
  const std::string salt = std::string(ephemeral.public_key()).append(public_key), info = info_of(context);
  return ephemeral.public_key() + close_box({shared.value().view(), salt, info}, aad_of(context, public_key), message);
}

std::optional<SecretBytes> open_sealed(const X25519Key& recipient, const SealContext& context,
                                       std::string_view sealed) {
  if (sealed.size() < k_seal_overhead_bytes) return std::nullopt;
  const std::string_view ephemeral = sealed.substr(0, k_x25519_bytes);
  const auto shared = recipient.agree(ephemeral);
  if (!shared) return std::nullopt;
  const std::string salt = std::string(ephemeral).append(recipient.public_key()), info = info_of(context);
  return open_box({shared->view(), salt, info}, aad_of(context, recipient.public_key()), sealed.substr(k_x25519_bytes));
}

}  // namespace sparkgate
