// The log's side of C2SP tlog-witness: one request to one witness, and what its answer means.
#pragma once

#include <variant>

#include "api/out/http_client.h"
#include "certs/note.h"
#include "engine/journal/add_checkpoint.h"

namespace sparkgate::api {

struct WitnessAddress {
  NoteVerifier key;  // of cosignatures
  std::string url;   // the submission prefix, without a slash at its end
  /// "witness.example+b8a2cf20": name and key id, which tell it from others.
  std::string id() const;
};

/// "VKEY URL", one blank between them. Refuses key_invalid and url_invalid.
Result<WitnessAddress> parse_witness(std::string_view text, bool allow_plain);

/// The witness has cosigned `size` entries last, whatever was asked: ask again from there.
struct WitnessAt {
  uint64_t size = 0;
};
/// It will not, by its status: 404 log unknown, 403 no good signature, 422 proof wrong, …
struct WitnessRefuses {
  int status = 0;
};
using WitnessAnswer = std::variant<NoteSignature, WitnessAt, WitnessRefuses>;

/// A cosignature is given only once it is verified. Refuses peer_unreachable, and peer_answer_invalid for whatever the
/// protocol does not know.
Result<WitnessAnswer> ask_witness(const Post& post, const WitnessAddress& witness,
                                  const journal::AddCheckpoint& request);

}  // namespace sparkgate::api
