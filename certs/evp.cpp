#include "certs/evp.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>

#include <stdexcept>

namespace sparkgate {
namespace {

struct Scheme {
  KeyType type;
  const char* algorithm;
  const char* group;   // null: the algorithm has one curve
  const char* digest;  // null: the algorithm brings its own
  size_t public_bytes;
};
constexpr Scheme k_schemes[] = {
    {KeyType::ed25519, "ED25519", nullptr, nullptr, 32},
    {KeyType::p256, "EC", "prime256v1", "SHA256", 65},
    {KeyType::sm2, "SM2", "SM2", "SM3", 65},
};

const Scheme& scheme_of(KeyType type) { return k_schemes[static_cast<size_t>(type)]; }

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;

OSSL_PARAM group_param(const Scheme& scheme) {
  return OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, const_cast<char*>(scheme.group), 0);
}

EvpKey point_evp(const Scheme& scheme, std::string_view raw) {
  if (raw[0] != '\x04') return {};  // the one uncompressed form
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, scheme.algorithm, nullptr));
  OSSL_PARAM params[] = {
      group_param(scheme),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(raw.data()), raw.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
    ERR_clear_error();
  }
  return EvpKey(key);
}

// GM/T 0009: the signer's identifier is hashed before the message; OpenSSL would silently take an empty one.
bool set_sm2_id(EVP_PKEY_CTX* context, KeyType type, std::string_view id) {
  return type != KeyType::sm2 || EVP_PKEY_CTX_set1_id(context, id.data(), static_cast<int>(id.size())) == 1;
}

}  // namespace

EvpKey public_evp(KeyType type, std::string_view raw) {
  const Scheme& scheme = scheme_of(type);
  if (raw.size() != scheme.public_bytes) return {};
  if (scheme.group) return point_evp(scheme, raw);
  return EvpKey(EVP_PKEY_new_raw_public_key_ex(nullptr, scheme.algorithm, nullptr, bytes(raw), raw.size()));
}

std::string raw_public(const EVP_PKEY& key, KeyType type) {
  const char* name = scheme_of(type).group ? OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY : OSSL_PKEY_PARAM_PUB_KEY;
  std::string raw(scheme_of(type).public_bytes, '\0');
  size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(&key, name, reinterpret_cast<unsigned char*>(raw.data()), raw.size(), &size) !=
      1) {
    throw std::runtime_error("a key without its public half");
  }
  raw.resize(size);
  return raw;
}

std::optional<KeyType> type_of(const EVP_PKEY& key) {
  for (const Scheme& scheme : k_schemes) {
    if (!EVP_PKEY_is_a(&key, scheme.algorithm)) continue;
    char group[32] = "";
    const bool known = !scheme.group || (EVP_PKEY_get_group_name(&key, group, sizeof group, nullptr) == 1 &&
                                         std::string_view(group) == scheme.group);
    if (known) return scheme.type;
  }
  return std::nullopt;
}

EvpKey generate_evp(KeyType type) {
  const Scheme& scheme = scheme_of(type);
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, scheme.algorithm, nullptr));
  OSSL_PARAM params[] = {scheme.group ? group_param(scheme) : OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_keygen_init(context.get()) != 1 || EVP_PKEY_CTX_set_params(context.get(), params) != 1 ||
      EVP_PKEY_generate(context.get(), &key) != 1) {
    throw std::runtime_error("no key could be made");
  }
  return EvpKey(key);
}

std::string sign_by(EVP_PKEY& key, KeyType type, std::string_view sm2_id, std::string_view message) {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  std::string out(static_cast<size_t>(EVP_PKEY_get_size(&key)), '\0');
  size_t size = out.size();
  if (EVP_DigestSignInit_ex(context.get(), &settings, scheme_of(type).digest, nullptr, nullptr, &key, nullptr) != 1 ||
      !set_sm2_id(settings, type, sm2_id) ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes(message),
                     message.size()) != 1) {
    ERR_clear_error();
    return "";
  }
  out.resize(size);
  return out;
}

bool verify_by(EVP_PKEY& key, KeyType type, std::string_view sm2_id, std::string_view message,
               std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  const bool good =
      EVP_DigestVerifyInit_ex(context.get(), &settings, scheme_of(type).digest, nullptr, nullptr, &key, nullptr) == 1 &&
      set_sm2_id(settings, type, sm2_id) &&
      EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message), message.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

}  // namespace sparkgate
