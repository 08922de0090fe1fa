#include "certs/source_keys.h"

#include "certs/box.h"
#include "certs/kdf.h"
#include "certs/token.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

constexpr size_t k_key_bytes = 32;

std::string aad_of(const SealContext& context) {
  return canonical(
      {{"purpose", context.purpose}, {"report", context.report}, {"tenant", context.tenant}, {"version", 1}});
}

std::string u64be(uint64_t number) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
  return out;
}

}  // namespace

SourceKeys SourceKeys::derive(const ReceiptCode& code, std::string_view tenant_salt) {
  const SecretBytes root = hkdf(code.symbols(), tenant_salt, "wb/source/v1", k_key_bytes);
  SourceKeys out;
  out.lookup_ = hkdf(root.view(), "", "lookup", k_key_bytes);
  out.wrap_ = hkdf(root.view(), "", "wrap", k_key_bytes);
  out.auth_ = hkdf(root.view(), "", "auth", k_key_bytes);
  return out;
}

Digest SourceKeys::lookup(std::string_view pepper) const { return hmac(pepper, {lookup_.view()}); }

std::string SourceKeys::wrap_secret(const SealContext& context, const SecretBytes& secret, Random& random) const {
  return wrap(wrap_.view(), context.purpose, aad_of(context), secret.view(), random);
}

std::optional<SecretBytes> SourceKeys::unwrap_secret(const SealContext& context, std::string_view wrapped) const {
  return unwrap(wrap_.view(), context.purpose, aad_of(context), wrapped);
}

Digest source_mark(const SecretBytes& auth_key, std::string_view aad, std::string_view message) {
  return hmac(auth_key.view(), {"wb/source-message/v1", u64be(aad.size()), aad, message});
}

bool is_source_mark(std::string_view mark, const SecretBytes& auth_key, std::string_view aad,
                    std::string_view message) {
  return constant_time_equal(mark, bytes_of(source_mark(auth_key, aad, message)));
}

}  // namespace sparkgate
