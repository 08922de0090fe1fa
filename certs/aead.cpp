#include "certs/aead.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <climits>
#include <stdexcept>

#include "certs/openssl_ptr.h"

namespace sparkgate {
namespace {

using CipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

bool fits(std::string_view key, std::string_view iv, std::string_view aad, std::string_view text) {
  return key.size() == k_gcm_key_bytes && iv.size() == k_gcm_iv_bytes && aad.size() <= INT_MAX &&
         text.size() <= INT_MAX;
}

// An output of null would make OpenSSL take the input for additional data: nothing is not given at all.
bool update(EVP_CIPHER_CTX* context, unsigned char* out, std::string_view in) {
  int size = 0;
  return in.empty() || EVP_CipherUpdate(context, out, &size, octets(in), static_cast<int>(in.size())) == 1;
}

}  // namespace

std::string gcm_seal(std::string_view key, std::string_view iv, std::string_view aad, std::string_view message) {
  if (!fits(key, iv, aad, message)) throw std::invalid_argument("AES-256-GCM takes no such sizes");
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string out(message.size() + k_gcm_tag_bytes, '\0');
  unsigned char* tag = octets(out) + message.size();
  int none = 0;
  if (EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), octets(key), octets(iv), nullptr) != 1 ||
      !update(context.get(), nullptr, aad) || !update(context.get(), octets(out), message) ||
      EVP_EncryptFinal_ex(context.get(), tag, &none) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, k_gcm_tag_bytes, tag) != 1) {
    throw std::runtime_error("AES-256-GCM failed");
  }
  return out;
}

std::optional<SecretBytes> gcm_open(std::string_view key, std::string_view iv, std::string_view aad,
                                    std::string_view sealed) {
  if (!fits(key, iv, aad, sealed) || sealed.size() < k_gcm_tag_bytes) return std::nullopt;
  const std::string_view ciphertext = sealed.substr(0, sealed.size() - k_gcm_tag_bytes);
  std::string tag(sealed.substr(ciphertext.size()));
  const CipherContext context(EVP_CIPHER_CTX_new());
  SecretBytes out(ciphertext.size());
  unsigned char unused[k_gcm_tag_bytes];
  int none = 0;
  if (EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), octets(key), octets(iv), nullptr) != 1 ||
      !update(context.get(), nullptr, aad) || !update(context.get(), out.octets(), ciphertext) ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, k_gcm_tag_bytes, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(context.get(), unused, &none) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  return out;
}

}  // namespace sparkgate
