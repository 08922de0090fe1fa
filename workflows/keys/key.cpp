#include "workflows/keys/key.h"

#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate::keys {
namespace {

struct KindRow {
  std::string_view kind;
  KeyType type;
};
constexpr KindRow k_kinds[] = {{"p256", KeyType::p256}, {"passkey", KeyType::p256}, {"sm2", KeyType::sm2}};
constexpr size_t k_point_bytes = 65;

}  // namespace

Result<PersonKey> read_key(std::string_view kind, std::string_view encoded) {
  const auto row = std::find_if(std::begin(k_kinds), std::end(k_kinds), [&](const auto& r) { return r.kind == kind; });
  const auto bytes = from_base64(encoded);
  if (row == std::end(k_kinds) || !bytes) {
    return refuse(Code::key_invalid,
                  {{"reason", bilingual("公钥须为 p256、passkey 或 sm2 公钥的 base64",
                                        "a public key of kind p256, passkey or sm2 in base64 is needed")}});
  }
  const bool is_spki = row->type == KeyType::p256 && bytes->size() != k_point_bytes;
  auto key = is_spki ? PublicKey::from_spki(*bytes) : PublicKey::from_raw(row->type, *bytes);
  if (!key) return tl::make_unexpected(key.error());
  std::string kid = hex(sha256({kind, "\n", key->raw()}));
  return PersonKey{std::string(kind), std::move(*key), std::move(kid)};
}

}  // namespace sparkgate::keys
