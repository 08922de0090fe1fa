#include "certs/mac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

#include "certs/token.h"
#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate {
namespace {

constexpr size_t k_key_characters = 64;  // as new_token() writes 256 bits

}  // namespace

Result<MacKey> MacKey::open(const std::filesystem::path& file, Random& random) {
  std::error_code unknown;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, unknown))) {
    if (auto made = write_secret(file, new_token(random)); !made) return tl::make_unexpected(made.error());
  }
  auto key = read_secret(file);
  if (!key) return tl::make_unexpected(key.error());
  if (key->size() == k_key_characters) return MacKey(std::move(*key));
  return refuse(Code::key_invalid, {{"reason", bilingual(file.string() + " 应为 64 个十六进制数字",
                                                         file.string() + " must hold 64 hexadecimal digits")}});
}

std::string MacKey::mark(std::string_view text) const {
  Digest out;
  unsigned int length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (!HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes, text.size(), out.data(), &length)) {
    throw std::runtime_error("HMAC-SHA-256 is not available");
  }
  return hex(out);
}

bool MacKey::is_mark(std::string_view mark, std::string_view text) const {
  return constant_time_equal(mark, this->mark(text));
}

}  // namespace sparkgate
