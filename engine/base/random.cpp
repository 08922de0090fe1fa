#include "engine/base/random.h"

#include <openssl/rand.h>

#include <stdexcept>

#include "engine/base/digest.h"

namespace sparkgate {

std::string SystemRandom::bytes(size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
    throw std::runtime_error("the system gives no random bytes");
  }
  return out;
}

std::string new_id(Time at, Random& random) {
  std::string raw = random.bytes(16);
  const auto ms = static_cast<uint64_t>(at.time_since_epoch().count());
  for (int i = 0; i < 6; ++i) raw[i] = static_cast<char>(ms >> (40 - 8 * i));
  raw[6] = static_cast<char>(0x70 | (raw[6] & 0x0F));
  raw[8] = static_cast<char>(0x80 | (raw[8] & 0x3F));
  std::string text = hex(raw);
  for (const size_t at_dash : {8, 13, 18, 23}) text.insert(at_dash, 1, '-');
  return text;
}

std::string new_code(size_t characters, Random& random) {
  static constexpr char k_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string out = random.bytes(characters);
  for (char& c : out) c = k_alphabet[c & 31];
  return out;
}

}  // namespace sparkgate
