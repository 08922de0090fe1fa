#include "engine/journal/merkle.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace sparkgate::journal {
namespace {

// Root of the leaves [begin, end), which are a node of some tree: complete subtrees, larger ones to the left.
Digest range_root(uint64_t begin, uint64_t end, const Subtrees& subtrees) {
  std::optional<Digest> root;
  uint64_t at = end;
  for (int level = 0; at > begin; ++level) {
    const uint64_t width = uint64_t{1} << level;
    if (((end - begin) & width) == 0) continue;
    at -= width;
    const Digest subtree = subtrees(level, at >> level);
    root = root ? node_hash(subtree, *root) : subtree;
  }
  return root.value_or(sha256(""));
}

// Where the node [begin, end) of more than one leaf has its halves: at the largest power of two below its width.
uint64_t middle(uint64_t begin, uint64_t end) { return begin + std::bit_floor(end - begin - 1); }

bool is_odd(uint64_t n) { return (n & 1) != 0; }

}  // namespace

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256({std::string_view("\x01", 1), bytes_of(left), bytes_of(right)});
}

Digest root_of(uint64_t size, const Subtrees& subtrees) { return range_root(0, size, subtrees); }

// From the root down to the leaf: what stands beside the path, read backwards.
Proof inclusion_proof(uint64_t index, uint64_t size, const Subtrees& subtrees) {
  Proof proof;
  for (uint64_t begin = 0, end = size; end - begin > 1;) {
    const uint64_t half = middle(begin, end);
    if (index < half) {
      proof.push_back(range_root(half, end, subtrees));
      end = half;
    } else {
      proof.push_back(range_root(begin, half, subtrees));
      begin = half;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// The same towards the old tree's right edge, down to the first node that lies wholly within the old tree. Where that
// node is the whole old tree, the verifier knows it already.
Proof consistency_proof(uint64_t from, uint64_t to, const Subtrees& subtrees) {
  Proof proof;
  uint64_t begin = 0, end = to;
  while (end != from) {
    const uint64_t half = middle(begin, end);
    if (from <= half) {
      proof.push_back(range_root(half, end, subtrees));
      end = half;
    } else {
      proof.push_back(range_root(begin, half, subtrees));
      begin = half;
    }
  }
  if (begin > 0) proof.push_back(range_root(begin, end, subtrees));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool verify_inclusion(uint64_t index, uint64_t size, const Digest& leaf, const Proof& proof, const Digest& root) {
  if (index >= size) return false;
  uint64_t node = index, last = size - 1;  // `fn` and `sn` of the RFC
  Digest found = leaf;
  for (const Digest& beside : proof) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      found = node_hash(beside, found);
      for (; node != 0 && !is_odd(node); node >>= 1) last >>= 1;
    } else {
      found = node_hash(found, beside);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && found == root;
}

bool verify_consistency(uint64_t from, uint64_t to, const Digest& from_root, const Digest& to_root,
                        const Proof& proof) {
  if (from == 0 || from > to) return false;
  if (from == to) return proof.empty() && from_root == to_root;
  if (proof.empty()) return false;
  uint64_t node = from - 1, last = to - 1;
  for (; is_odd(node); node >>= 1) last >>= 1;
  const bool from_is_complete = std::has_single_bit(from);  // then its root stands for the proof's first node
  Digest found_from = from_is_complete ? from_root : proof.front(), found_to = found_from;
  for (size_t i = from_is_complete ? 0 : 1; i < proof.size(); ++i) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      found_from = node_hash(proof[i], found_from);
      found_to = node_hash(proof[i], found_to);
      for (; node != 0 && !is_odd(node); node >>= 1) last >>= 1;
    } else {
      found_to = node_hash(found_to, proof[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && found_from == from_root && found_to == to_root;
}

}  // namespace sparkgate::journal
