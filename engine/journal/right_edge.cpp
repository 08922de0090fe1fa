#include "engine/journal/right_edge.h"

#include <utility>

namespace sparkgate::journal {

RightEdge::RightEdge(uint64_t size, std::vector<std::vector<Digest>> unfinished) : unfinished_(std::move(unfinished)) {
  // What the hashes of a level have grown into: as appending does it, from the top level down.
  for (size_t level = unfinished_.size(); level-- > 0;) {
    uint64_t number = 0;
    for (const Digest& hash : unfinished_[level]) {
      Digest node = hash;
      for (uint64_t bits = number++; (bits & 1) != 0; bits >>= 1) {
        node = node_hash(peaks_.back(), node);
        peaks_.pop_back();
      }
      peaks_.push_back(node);
    }
  }
  size_ = size;
}

Digest RightEdge::root() const {
  if (peaks_.empty()) return sha256("");
  Digest root = peaks_.back();
  for (size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

void RightEdge::append(const Digest& leaf, std::vector<FullTile>& completed) {
  if (unfinished_.empty()) unfinished_.emplace_back();
  unfinished_[0].push_back(leaf);
  Digest node = leaf;
  uint64_t number = size_++;  // of the subtree that ends here, at the level reached
  for (int level = 1; (number & 1) != 0; ++level) {
    node = node_hash(peaks_.back(), node);
    peaks_.pop_back();
    number >>= 1;
    if (level % k_tile_height != 0) continue;
    const size_t tile_level = level / k_tile_height - 1;
    completed.push_back({static_cast<int>(tile_level), number, node, std::exchange(unfinished_[tile_level], {})});
    if (unfinished_.size() == tile_level + 1) unfinished_.emplace_back();
    unfinished_[tile_level + 1].push_back(node);
  }
  peaks_.push_back(node);
}

}  // namespace sparkgate::journal
