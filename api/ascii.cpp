#include "api/ascii.h"

#include <algorithm>

namespace sparkgate::api {

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  }
  return out;
}

std::string_view trim_blanks(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool list_holds(std::string_view list, std::string_view item) {
  while (!list.empty()) {
    const auto next = list.substr(0, list.find(','));
    list.remove_prefix(std::min(next.size() + 1, list.size()));
    if (to_lower(trim_blanks(next)) == item) return true;
  }
  return false;
}

bool is_utf8(std::string_view text) {
  const auto at = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  for (size_t i = 0; i < text.size();) {
    const unsigned c = at(i);
    const size_t length = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (length == 0) return false;
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

}  // namespace sparkgate::api
