// A checkpoint's text (C2SP tlog-checkpoint) and the file of one entry's proof (C2SP tlog-proof). Signatures are made
// and checked elsewhere (certs/note.h): here a signed checkpoint is a text.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/refusal.h"
#include "engine/journal/merkle.h"

namespace sparkgate::journal {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Digest root{};
  bool operator==(const Checkpoint&) const = default;
};

/// "origin\nsize\nbase64(root)\n"
std::string checkpoint_text(const Checkpoint& checkpoint);
/// The text of a note. Extension lines are let in and left alone. Refuses checkpoint_malformed.
Result<Checkpoint> parse_checkpoint(std::string_view text);

/// "c2sp.org/tlog-proof@v1", index, hashes, an empty line, the signed checkpoint as it is.
struct ProofFile {
  std::string extra;  // raw bytes; "": none
  uint64_t index = 0;
  Proof proof;
  std::string checkpoint;
};
std::string proof_file_text(const ProofFile& file);
/// Refuses proof_malformed; at most k_max_proof hashes.
Result<ProofFile> parse_proof_file(std::string_view text);

}  // namespace sparkgate::journal
