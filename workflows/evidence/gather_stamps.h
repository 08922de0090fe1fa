// Timestamps that a bundle takes from the store. Private to workflows/evidence.
#pragma once

#include "engine/checkpoints.h"
#include "engine/store/store.h"
#include "workflows/evidence/bundle.h"

namespace sparkgate::evidence {

/// For each entry of the instance in that log the first stamped checkpoint that covers it, where there is one within
/// `signed_log`: what came before which hour. `indexes` within the log, in ascending order. Refuses log_broken.
Result<std::map<size_t, Stamp>> stamps_of(Reader& reader, const StoredLog& log, const SignedCheckpoint& signed_log,
                                          const std::vector<uint64_t>& indexes);

}  // namespace sparkgate::evidence
