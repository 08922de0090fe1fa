// An engine whose log is signed and marked, and what a stranger with the checkpoint and the entries can say of it.
#pragma once

#include "engine/journal/merkle.h"
#include "engine/log_reader.h"
#include "tests/support/engine_rig.h"
#include "tests/support/log_key.h"

namespace sparkgate::test {

class LogRig : public EngineRig {
 protected:
  LogRig() {
    signer = key.signer();
    high_water = folder.path() / "high_water";
    reopen();
  }

  StoredLog log() { return engine->read()->logs().back(); }

  /// Every entry of the last log, leaf by leaf, is what the log says it is.
  void expect_whole_log() {
    auto reader = engine->read();
    const StoredLog log = reader->logs().back();
    const auto until = log.first + static_cast<int64_t>(log.size);
    const auto bytes = reader->entry_bytes(log.first, until);
    const auto leaves = reader->leaves(log.first, until + 1);
    ASSERT_EQ(bytes.size(), log.size);
    ASSERT_EQ(leaves.size(), log.size) << "an entry outside the log";
    journal::RightEdge edge;
    std::vector<journal::FullTile> tiles;
    for (size_t i = 0; i < bytes.size(); ++i) {
      ASSERT_EQ(journal::leaf_hash(bytes[i]), leaves[i]) << i;
      edge.append(leaves[i], tiles);
    }
    EXPECT_EQ(edge.root(), log.root);
    size_t stored = 0;
    for (const auto& tile : tiles) {
      std::string hashes;
      for (const Digest& hash : tile.hashes) hashes += bytes_of(hash);
      EXPECT_EQ(reader->tile(log.number, tile.level, tile.number), hashes) << tile.level << "/" << tile.number;
      stored += reader->tile_roots(log.number, tile.level, tile.number, tile.number + 1) == std::vector{tile.root};
    }
    EXPECT_EQ(stored, tiles.size());
    EXPECT_TRUE(reader->tile_roots(log.number, 0, log.size / 256, log.size).empty()) << "a tile outside the log";
  }

  /// The receipt's checkpoint is signed and holds the receipt's entry.
  void expect_covered(const Receipt& receipt) {
    ASSERT_TRUE(key.holds(receipt.checkpoint)) << receipt.checkpoint;
    const auto note = parse_note(receipt.checkpoint);
    const auto checkpoint = journal::parse_checkpoint(note->text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, receipt.origin);
    auto reader = engine->read();
    const LogReader read(*reader, log_of(reader->logs(), receipt.entry));
    const auto index = static_cast<uint64_t>(receipt.index);
    ASSERT_LT(index, checkpoint->size);
    const auto proof = read.inclusion(index, checkpoint->size);
    ASSERT_TRUE(proof) << describe(proof.error());
    EXPECT_TRUE(journal::verify_inclusion(index, checkpoint->size, receipt.leaf, *proof, checkpoint->root));
  }

  LogKey key;
};

}  // namespace sparkgate::test
