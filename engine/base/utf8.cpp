#include "engine/base/utf8.h"

namespace sparkgate {

bool is_utf8(std::string_view text) {
  const auto at = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  for (size_t i = 0; i < text.size();) {
    const unsigned c = at(i);
    if (c >= 0x80 && (c < 0xc2 || c > 0xf4)) return false;
    const size_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    for (size_t k = 1; k < length; ++k) {
      if ((at(i + k) & 0xc0) != 0x80) return false;
    }
    const bool overlong = (c == 0xe0 && at(i + 1) < 0xa0) || (c == 0xf0 && at(i + 1) < 0x90);
    const bool outside = (c == 0xed && at(i + 1) > 0x9f) || (c == 0xf4 && at(i + 1) > 0x8f);
    if (overlong || outside) return false;
    i += length;
  }
  return true;
}

}  // namespace sparkgate
