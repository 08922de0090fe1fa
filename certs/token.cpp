#include "certs/token.h"

#include <openssl/crypto.h>

#include "engine/base/digest.h"

namespace sparkgate {

std::string new_token(Random& random) { return hex(random.bytes(32)); }

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace sparkgate
