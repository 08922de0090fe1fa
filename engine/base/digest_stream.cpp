#include "engine/base/digest_stream.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace sparkgate {

struct DigestStream::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(evp); }
};

namespace {

void check(int result) {
  if (result != 1) throw std::runtime_error("SHA-256 failed");
}

}  // namespace

DigestStream::DigestStream() : context_(std::make_unique<Context>()) {
  check(EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr));
}
DigestStream::~DigestStream() = default;

void DigestStream::add(std::string_view bytes) { check(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size())); }

Digest DigestStream::digest() {
  Digest out{};
  check(EVP_DigestFinal_ex(context_->evp, out.data(), nullptr));
  return out;
}

}  // namespace sparkgate
