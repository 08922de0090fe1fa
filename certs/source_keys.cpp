#include "certs/source_keys.h"

#include "certs/kdf.h"
#include "certs/token.h"

namespace sparkgate {
namespace {

constexpr size_t k_key_bytes = 32;

std::string u64be(uint64_t number) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
  return out;
}

}  // namespace

SourceKeys SourceKeys::derive(const ReceiptCode& code, std::string_view tenant_salt) {
  const SecretBytes root = hkdf(code.symbols(), tenant_salt, "wb/source/v1", k_key_bytes);
  const auto part = [&](std::string_view info) { return hkdf(root.view(), "", info, k_key_bytes); };
  return {part("lookup"), X25519Key::from_secret(part("reading").view()).value(), part("auth")};
}

Digest SourceKeys::lookup(std::string_view pepper) const { return hmac(pepper, {lookup_.view()}); }

Digest source_mark(const SecretBytes& auth_key, std::string_view aad, std::string_view message) {
  return hmac(auth_key.view(), {"wb/source-message/v1", u64be(aad.size()), aad, message});
}

bool is_source_mark(std::string_view mark, const SecretBytes& auth_key, std::string_view aad,
                    std::string_view message) {
  return constant_time_equal(mark, bytes_of(source_mark(auth_key, aad, message)));
}

}  // namespace sparkgate
