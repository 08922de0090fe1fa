// The way from an older tree of a log to a newer one, as a witness takes it (C2SP tlog-witness, add-checkpoint).
#pragma once

#include "engine/journal/merkle.h"
#include "engine/base/refusal.h"

namespace sparkgate::evidence {

/// "old M", at most 63 hashes in base64, an empty line, the newer signed checkpoint as it is.
struct Consistency {
  uint64_t old_size = 0;
  journal::Proof proof;
  std::string checkpoint;
};

std::string consistency_text(const Consistency& consistency);
/// Refuses proof_malformed.
Result<Consistency> parse_consistency(std::string_view text);

}  // namespace sparkgate::evidence
