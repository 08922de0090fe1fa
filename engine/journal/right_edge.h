// The right edge of a growing tree: all that is needed to append a leaf, to complete tiles and to tell the root. Small:
// at most 255 hashes a tile level, so that a copy of it can try what may yet fail.
#pragma once

#include "engine/journal/merkle.h"
#include "engine/journal/tile.h"

namespace sparkgate::journal {

/// A full tile: 256 hashes, and the root of the subtree over them (a hash of the tile level above).
struct FullTile {
  int level = 0;
  uint64_t number = 0;
  Digest root{};
  std::vector<Digest> hashes;
};

class RightEdge {
 public:
  RightEdge() = default;
  /// `unfinished`: by tile level the (size >> 8·level) mod 256 hashes of the unfinished tile.
  RightEdge(uint64_t size, std::vector<std::vector<Digest>> unfinished);

  uint64_t size() const { return size_; }
  Digest root() const;
  /// Tiles that the leaf completes are put at the end of `completed`, lowest level first.
  void append(const Digest& leaf, std::vector<FullTile>& completed);

 private:
  uint64_t size_ = 0;
  std::vector<std::vector<Digest>> unfinished_;
  std::vector<Digest> peaks_;  // roots of the complete subtrees that `size_` is the sum of, largest first
};

}  // namespace sparkgate::journal
