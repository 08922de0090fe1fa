// The heads of a log: a Merkle tree over the slots of all instances, a leaf each for its newest entry as of some size.
// Its root, recorded in the log, makes an entry that was cut off the end of an instance's chain provable.
#pragma once

#include "engine/log_reader.h"

namespace sparkgate {

/// leaf_hash of JCS{"leaf": hex of the entry's leaf hash, "seq": its seq, "slot": the instance's slot}.
Digest slot_leaf(const SlotHead& head);

class HeadsTree {
 public:
  /// As of the log's first `at_size` entries. Reads one row a slot: for a million instances seconds, and 50 MB.
  static HeadsTree read(Reader& reader, const StoredLog& log, uint64_t at_size);

  uint64_t at_size() const { return at_size_; }
  uint64_t slots() const { return heads_.size(); }
  Digest root() const;
  /// Slots are dense: slot n is leaf n. n < slots().
  const SlotHead& head(uint64_t slot) const { return heads_[slot]; }
  journal::Proof proof(uint64_t slot) const;

 private:
  uint64_t at_size_ = 0;
  std::vector<SlotHead> heads_;
  std::vector<Digest> leaves_;
};

}  // namespace sparkgate
