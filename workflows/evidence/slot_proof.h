// Where the newest entry of one instance stands in recorded heads, as a file of a bundle.
#pragma once

#include "engine/heads.h"

namespace sparkgate::evidence {

struct SlotProof {
  SlotHead head;
  journal::Proof proof;  // of leaf `head.slot` in a tree of all slots
};

/// RFC 8785 JSON {"leaf": hex, "proof": [hex], "seq", "slot"}.
std::string slot_proof_text(const SlotProof& proof);
/// Refuses proof_malformed; at most k_max_proof hashes.
Result<SlotProof> parse_slot_proof(std::string_view text);

}  // namespace sparkgate::evidence
