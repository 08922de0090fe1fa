#include "engine/journal/right_edge.h"

#include <gtest/gtest.h>

#include "engine/journal/entry.h"

namespace sparkgate::journal {
namespace {

std::vector<Digest> numbered_leaves(size_t count) {
  std::vector<Digest> out;
  for (size_t i = 0; i < count; ++i) out.push_back(leaf_hash(std::to_string(i)));
  return out;
}

// Hashes of the subtrees of each height, made one from the other: what proofs are asked of.
std::vector<std::vector<Digest>> heights_of(std::vector<Digest> leaves) {
  std::vector<std::vector<Digest>> out = {std::move(leaves)};
  while (out.back().size() > 1) {
    std::vector<Digest> above;
    for (size_t i = 0; i + 1 < out.back().size(); i += 2) above.push_back(node_hash(out.back()[i], out.back()[i + 1]));
    out.push_back(std::move(above));
  }
  return out;
}

constexpr size_t k_leaves = 65536 + 256 + 3;

TEST(RightEdge, grows_into_the_root_of_every_size) {
  const auto leaves = numbered_leaves(3000);
  const auto heights = heights_of(leaves);
  RightEdge edge;
  std::vector<FullTile> completed;
  for (size_t n = 0; n <= leaves.size(); ++n) {
    ASSERT_EQ(edge.size(), n);
    ASSERT_EQ(edge.root(), root_of(n, [&](int level, uint64_t number) { return heights[level][number]; })) << n;
    if (n < leaves.size()) edge.append(leaves[n], completed);
  }
}

TEST(RightEdge, completes_each_tile_of_each_level_once_with_its_hashes_and_root) {
  const auto leaves = numbered_leaves(k_leaves);
  const auto heights = heights_of(leaves);
  RightEdge edge;
  std::vector<FullTile> completed;
  for (const Digest& leaf : leaves) edge.append(leaf, completed);
  ASSERT_EQ(completed.size(), 257u + 1u);
  uint64_t next[2] = {0, 0};
  for (const FullTile& tile : completed) {
    ASSERT_LE(tile.level, 1);
    EXPECT_EQ(tile.number, next[tile.level]++);
    const auto& hashes = heights[8 * tile.level];
    const auto first = hashes.begin() + static_cast<ptrdiff_t>(tile.number * 256);
    EXPECT_EQ(tile.hashes, std::vector<Digest>(first, first + 256));
    EXPECT_EQ(tile.root, heights[8 * tile.level + 8][tile.number]);
  }
  EXPECT_EQ(next[0], 257u);
  EXPECT_EQ(next[1], 1u);
}

TEST(RightEdge, goes_on_from_its_unfinished_tiles_as_if_never_laid_down) {
  const auto leaves = numbered_leaves(k_leaves);
  const auto heights = heights_of(leaves);
  for (const size_t size : {0, 1, 2, 255, 256, 257, 511, 512, 1000, 65535, 65536, 65537, 65793, 65794}) {
    std::vector<std::vector<Digest>> unfinished;
    for (size_t there = size; there > 0; there >>= 8) {
      const auto& hashes = heights[8 * unfinished.size()];
      const auto end = hashes.begin() + static_cast<ptrdiff_t>(there);
      unfinished.emplace_back(end - static_cast<ptrdiff_t>(there % 256), end);
    }
    RightEdge laid_down(size, unfinished), grown;
    std::vector<FullTile> completed, completed_since;
    for (size_t i = 0; i < size; ++i) grown.append(leaves[i], completed);
    completed.clear();
    EXPECT_EQ(laid_down.root(), grown.root()) << size;
    for (size_t i = size; i < k_leaves; ++i) {
      grown.append(leaves[i], completed);
      laid_down.append(leaves[i], completed_since);
    }
    EXPECT_EQ(laid_down.root(), grown.root()) << size;
    ASSERT_EQ(completed_since.size(), completed.size()) << size;
    for (size_t i = 0; i < completed.size(); ++i) EXPECT_EQ(completed_since[i].hashes, completed[i].hashes);
  }
}

}  // namespace
}  // namespace sparkgate::journal
