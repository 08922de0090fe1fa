#include "certs/mac.h"

#include "certs/kdf.h"
#include "certs/token.h"
#include "engine/base/codes.h"

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
  return hex(hmac({key_.data(), key_.size()}, {text}));
}

bool MacKey::is_mark(std::string_view mark, std::string_view text) const {
  return constant_time_equal(mark, this->mark(text));
}

}  // namespace sparkgate
