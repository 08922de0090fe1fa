#include "api/ascii.h"

#include <algorithm>
#include <array>

namespace sparkgate::api {
namespace {

constexpr std::array<uint8_t, 256> k_classes = [] {
  std::array<uint8_t, 256> classes{};
  const auto add = [&](std::string_view characters, int bits) {
    for (const unsigned char c : characters) classes[c] |= bits;
  };
  for (int c = 0; c < 256; ++c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric) classes[c] = k_token | k_path | k_query | k_host;
    if ((c < 0x20 && c != '\t') || c == 0x7f) classes[c] = k_control;
  }
  add("-._", k_token | k_path | k_query | k_host);
  add("!#$%&'*+^`|~", k_token);
  add("~!$&'()*+,;=:@/", k_path | k_query);
  add("?", k_query);
  add(":[]", k_host);
  return classes;
}();

}  // namespace

bool is(char c, uint8_t classes) { return k_classes[static_cast<unsigned char>(c)] & classes; }

bool all_are(std::string_view text, uint8_t classes) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return is(c, classes); });
}

bool any_is(std::string_view text, uint8_t classes) {
  return std::any_of(text.begin(), text.end(), [&](char c) { return is(c, classes); });
}

bool is_one_of(std::string_view text, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

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

}  // namespace sparkgate::api
