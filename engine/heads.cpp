#include "engine/heads.h"

namespace sparkgate {

Digest slot_leaf(const SlotHead& head) {
  // Canonical as it stands: members sorted, nothing to escape.
  return journal::leaf_hash("{\"leaf\":\"" + hex(head.leaf) + "\",\"seq\":" + std::to_string(head.seq) +
                            ",\"slot\":" + std::to_string(head.slot) + "}");
}

HeadsTree HeadsTree::read(Reader& reader, const StoredLog& log, uint64_t at_size) {
  HeadsTree out;
  out.at_size_ = at_size;
  out.heads_ = reader.slot_heads(log.first + static_cast<int64_t>(at_size));
  for (const SlotHead& head : out.heads_) out.leaves_.push_back(slot_leaf(head));
  return out;
}

Digest HeadsTree::root() const {
  journal::RightEdge edge;
  std::vector<journal::FullTile> completed;
  for (const Digest& leaf : leaves_) {
    edge.append(leaf, completed);
    completed.clear();
  }
  return edge.root();
}

journal::Proof HeadsTree::proof(uint64_t slot) const {
  const std::function<Digest(int, uint64_t)> subtree = [&](int level, uint64_t number) {
    if (level == 0) return leaves_[number];
    return journal::node_hash(subtree(level - 1, 2 * number), subtree(level - 1, 2 * number + 1));
  };
  return journal::inclusion_proof(slot, slots(), subtree);
}

}  // namespace sparkgate
