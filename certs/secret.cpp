#include "certs/secret.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace sparkgate {

SecretBytes SecretBytes::take(std::string&& text) {
  SecretBytes out = copy_of({text});
  OPENSSL_cleanse(text.data(), text.size());
  return out;
}

SecretBytes SecretBytes::copy_of(std::initializer_list<std::string_view> parts) {
  size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  SecretBytes out(size);
  auto end = out.bytes_.begin();
  for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
  return out;
}

}  // namespace sparkgate
