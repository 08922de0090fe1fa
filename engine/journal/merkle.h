// Merkle trees as RFC 9162 has them (SHA-256): roots, proofs, and their verification.
#pragma once

#include <functional>
#include <vector>

#include "engine/base/digest.h"

namespace sparkgate::journal {

/// SHA-256(01 ‖ left ‖ right). A leaf's hash is leaf_hash() of entry.h.
Digest node_hash(const Digest& left, const Digest& right);

using Proof = std::vector<Digest>;  // from the leaf to the root
inline constexpr size_t k_max_proof = 63;

/// Root of the complete subtree over the leaves [number·2^level, (number+1)·2^level). Proofs ask for few of them.
using Subtrees = std::function<Digest(int level, uint64_t number)>;

/// SHA-256("") for an empty tree.
Digest root_of(uint64_t size, const Subtrees& subtrees);
/// Of leaf `index` in the tree of `size` leaves; index < size.
Proof inclusion_proof(uint64_t index, uint64_t size, const Subtrees& subtrees);
/// From the tree of `from` leaves to that of `to`; 0 < from <= to. Empty when they are equal.
Proof consistency_proof(uint64_t from, uint64_t to, const Subtrees& subtrees);

/// RFC 9162, 2.1.3.2. Any input, also hostile.
bool verify_inclusion(uint64_t index, uint64_t size, const Digest& leaf, const Proof& proof, const Digest& root);
/// RFC 9162, 2.1.4.2. `from` 0 is refused.
bool verify_consistency(uint64_t from, uint64_t to, const Digest& from_root, const Digest& to_root, const Proof& proof);

}  // namespace sparkgate::journal
