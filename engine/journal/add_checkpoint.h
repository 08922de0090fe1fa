// What a log asks of a witness (C2SP tlog-witness, add-checkpoint): to cosign a checkpoint, given the proof that it
// grew out of the one that the witness cosigned last.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/refusal.h"
#include "engine/journal/merkle.h"

namespace sparkgate::journal {

/// "old M", hashes, an empty line, the signed checkpoint as it is.
struct AddCheckpoint {
  uint64_t old_size = 0;
  Proof proof;
  std::string checkpoint;
};

std::string add_checkpoint_text(const AddCheckpoint& request);
/// Looks at the form alone. Refuses add_checkpoint_malformed; at most k_max_proof hashes.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view text);

inline constexpr std::string_view k_size_type = "text/x.tlog.size";  // of the answer to a stale `old M`: "M\n"

}  // namespace sparkgate::journal
