// Tiles (C2SP tlog-tiles, height 8): names of hash tiles and entry bundles, and the bytes of a bundle.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/refusal.h"

namespace sparkgate::journal {

inline constexpr int k_tile_height = 8;
inline constexpr int k_tile_width = 1 << k_tile_height;

/// "0/x001/x234/067", "1/000.p/17", "entries/000": without the "tile/" in front. Width 256: a full one.
struct TileName {
  static constexpr int k_entries = -1;
  int level = 0;  // k_entries: a bundle of entries
  uint64_t number = 0;
  int width = k_tile_width;
  bool operator==(const TileName&) const = default;
};
std::string tile_path(const TileName& name);
/// Nothing for whatever is not the one spelling of a tile's name; levels 0 to 63.
std::optional<TileName> parse_tile_path(std::string_view path);

/// (u16be length ‖ entry)*
std::string entry_bundle(const std::vector<std::string>& entries);
/// Refuses log_broken when a length does not fit.
Result<std::vector<std::string>> parse_entry_bundle(std::string_view bytes);

}  // namespace sparkgate::journal
