// tile   = ("0" … "63" / "entries") "/" *("x" group "/") group [".p/" width]
// group  = 3DIGIT, the first one not "x000"
// width  = "1" … "255"
// bundle = *(u16be length, entry)
#include "engine/journal/tile.h"

#include "engine/base/codes.h"
#include "engine/base/decimal.h"
#include "engine/journal/entry.h"

namespace sparkgate::journal {
namespace {

constexpr std::string_view k_entries_level = "entries";
constexpr std::string_view k_partial = ".p/";
constexpr int k_max_level = 63;
constexpr int k_group = 1000;

std::string group_of(uint64_t number) {
  const std::string digits = std::to_string(number % k_group);
  return std::string(3 - digits.size(), '0') + digits;
}

// Digits only, one group after the other; spelling is judged by writing the number again.
std::optional<uint64_t> number_of(std::string_view path) {
  uint64_t number = 0;
  for (const char c : path) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9') return std::nullopt;
    if (__builtin_mul_overflow(number, uint64_t{10}, &number)) return std::nullopt;
    if (__builtin_add_overflow(number, static_cast<uint64_t>(c - '0'), &number)) return std::nullopt;
  }
  return number;
}

}  // namespace

std::string tile_path(const TileName& name) {
  std::string number = group_of(name.number);
  for (uint64_t rest = name.number / k_group; rest > 0; rest /= k_group) number = "x" + group_of(rest) + "/" + number;
  std::string out(name.level == TileName::k_entries ? k_entries_level : std::to_string(name.level));
  out += "/" + number;
  if (name.width < k_tile_width) out += std::string(k_partial) + std::to_string(name.width);
  return out;
}

std::optional<TileName> parse_tile_path(std::string_view path) {
  const size_t slash = path.find('/');
  if (slash == path.npos) return std::nullopt;
  const std::string_view level_text = path.substr(0, slash);
  const size_t partial = path.find(k_partial);
  TileName name;
  if (level_text == k_entries_level) {
    name.level = TileName::k_entries;
  } else {
    const auto level = from_decimal(level_text);
    if (!level || *level > k_max_level) return std::nullopt;
    name.level = static_cast<int>(*level);
  }
  if (partial != path.npos) {
    const auto width = from_decimal(path.substr(partial + k_partial.size()));
    if (!width || *width == 0 || *width >= k_tile_width) return std::nullopt;
    name.width = static_cast<int>(*width);
  }
  const auto number = number_of(path.substr(slash, std::min(partial, path.size()) - slash));
  if (!number) return std::nullopt;
  name.number = *number;
  if (tile_path(name) != path) return std::nullopt;
  return name;
}

std::string entry_bundle(const std::vector<std::string>& entries) {
  std::string out;
  for (const std::string& entry : entries) {
    out += static_cast<char>(entry.size() >> 8);
    out += static_cast<char>(entry.size() & 0xff);
    out += entry;
  }
  return out;
}

Result<std::vector<std::string>> parse_entry_bundle(std::string_view bytes) {
  std::vector<std::string> out;
  while (!bytes.empty()) {
    const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<unsigned char>(bytes[i])); };
    const size_t length = bytes.size() < 2 ? bytes.size() : byte(0) << 8 | byte(1);
    if (bytes.size() < 2 + length) {
      return refuse(Code::log_broken,
                    {{"reason", bilingual("条目包的长度不符", "an entry bundle's lengths do not fit")}});
    }
    out.emplace_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  return out;
}

}  // namespace sparkgate::journal
