// The transparency log as the world reads it: checkpoints, tiles and proofs, in the formats of C2SP (tlog-checkpoint,
// tlog-tiles, tlog-proof). The prefix of the running log is /log, of one that is closed /log/closed/{number}.
#pragma once

#include "api/call.h"

namespace sparkgate::api {

Result<Response> get_vkey(const Call& call);          // GET /log/vkey: keys to check signatures with, one a line
Result<Response> get_checkpoint(const Call& call);    // GET …/checkpoint: the published one
Result<Response> get_tile(const Call& call);          // GET …/tile/{L}/{N} and …/tile/{L}/{N}.p/{W}
Result<Response> get_entries_tile(const Call& call);  // GET …/tile/entries/{N}: entry bundles
/// GET …/proof/{index}?size=: the entry's proof under the published checkpoint, a newer one where that does not hold it
/// yet, or one of that size.
Result<Response> get_proof(const Call& call);

}  // namespace sparkgate::api
