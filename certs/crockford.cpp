#include "certs/crockford.h"

#include <algorithm>

namespace sparkgate {
namespace {

constexpr std::string_view k_symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";  // the last five check only
constexpr size_t k_radix = 32;
constexpr size_t k_group = 4;
constexpr char k_stranger = '\1';

char folded_ascii(char32_t c) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return ' ';
  if (c < 0x20 || c > 0x7e) return k_stranger;
  const char upper = static_cast<char>(c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c);
  if (upper == 'O') return '0';
  return upper == 'I' || upper == 'L' ? '1' : upper;
}

// What keyboards and word processors make of ASCII: full-width forms, U+2010 to U+2015, U+2212, other blanks.
char folded_character(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) return folded_ascii(c - 0xff01 + U'!');
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
  if (c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a)) return ' ';
  return folded_ascii(c);
}

// What is not UTF-8 comes out as strangers, one or more.
char32_t next_character(std::string_view& utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t point = size == 1 ? lead : lead & (0xff >> (size + 1));
  size_t at = 1;
  for (; at < size && at < utf8.size() && (utf8[at] & 0xc0) == 0x80; ++at) point = point << 6 | (utf8[at] & 0x3f);
  utf8.remove_prefix(at);
  return at == size && (size > 1 || lead < 0x80) ? point : U'\xfffd';
}

}  // namespace

SecretBytes folded(std::string_view utf8) {
  SecretBytes wide(utf8.size());
  size_t size = 0;
  while (!utf8.empty()) wide.octets()[size++] = static_cast<unsigned char>(folded_character(next_character(utf8)));
  return SecretBytes::copy_of({wide.part(0, size)});
}

bool is_symbol(char c) { return k_symbols.substr(0, k_radix).find(c) != k_symbols.npos; }

char check_symbol(std::string_view symbols) {
  size_t remainder = 0;
  for (const char c : symbols) remainder = (remainder * k_radix + k_symbols.find(c)) % k_symbols.size();
  return k_symbols[remainder];
}

SecretBytes random_symbols(size_t count, Random& random) {
  SecretBytes out = SecretBytes::random(count, random);
  for (size_t at = 0; at < count; ++at) {
    out.octets()[at] = static_cast<unsigned char>(k_symbols[out.octets()[at] % k_radix]);
  }
  return out;
}

SecretBytes grouped(std::string_view symbols) {
  const char check = check_symbol(symbols);
  SecretBytes out = SecretBytes::copy_of({symbols.substr(0, k_group)});
  for (size_t at = k_group; at < symbols.size(); at += k_group) {
    out = SecretBytes::copy_of({out.view(), "-", symbols.substr(at, k_group)});
  }
  return SecretBytes::copy_of({out.view(), {&check, 1}});
}

std::optional<SecretBytes> symbols_of(std::string_view text, size_t count) {
  if (text.size() > 8 * count + 64) return std::nullopt;
  SecretBytes kept = folded(text);
  char* begin = reinterpret_cast<char*>(kept.octets());
  char* end = std::remove_if(begin, begin + kept.size(), [](char c) { return c == ' ' || c == '-'; });
  const std::string_view all(begin, static_cast<size_t>(end - begin));
  if (all.size() != count + 1 || !std::all_of(all.begin(), all.end() - 1, is_symbol)) return std::nullopt;
  if (check_symbol(all.substr(0, count)) != all.back()) return std::nullopt;
  return SecretBytes::copy_of({all.substr(0, count)});
}

}  // namespace sparkgate
