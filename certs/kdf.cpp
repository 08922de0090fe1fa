#include "certs/kdf.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <stdexcept>

#include "certs/openssl_ptr.h"

namespace sparkgate {
namespace {

constexpr size_t k_stretched_bytes = 32;
constexpr uint64_t k_spare_bytes = 1 << 20;

using Kdf = Owned<EVP_KDF, EVP_KDF_free>;
using KdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;

OSSL_PARAM octet_param(const char* name, std::string_view value) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
}

}  // namespace

SecretBytes hkdf(std::string_view secret, std::string_view salt, std::string_view info, size_t size) {
  static const Kdf k_hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));  // a look-up costs more than the derivation
  const KdfContext context(EVP_KDF_CTX_new(k_hkdf.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                               octet_param(OSSL_KDF_PARAM_KEY, secret), octet_param(OSSL_KDF_PARAM_SALT, salt),
                               octet_param(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  SecretBytes out(size);
  if (!context || EVP_KDF_derive(context.get(), out.octets(), out.size(), params) != 1) {
    throw std::runtime_error("HKDF failed");
  }
  return out;
}

Digest hmac(std::string_view key, std::initializer_list<std::string_view> parts) {
  const SecretBytes text = SecretBytes::copy_of(parts);
  Digest out;
  unsigned int length = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(text.view()), text.size(), out.data(),
            &length)) {
    throw std::runtime_error("HMAC-SHA-256 is not available");
  }
  return out;
}

SecretBytes stretch(std::string_view passphrase, std::string_view salt, const ScryptCost& cost) {
  const uint64_t n = uint64_t{1} << cost.log2_n;
  // OpenSSL's own limit is 32 MiB: it would refuse what is more.
  const uint64_t max_bytes = 128 * n * cost.r + 128 * uint64_t{cost.r} * cost.p + k_spare_bytes;
  SecretBytes out(k_stretched_bytes);
  if (EVP_PBE_scrypt(passphrase.data(), passphrase.size(), octets(salt), salt.size(), n, cost.r, cost.p, max_bytes,
                     out.octets(), out.size()) != 1) {
    throw std::runtime_error("scrypt failed");
  }
  return out;
}

}  // namespace sparkgate
