// Puts a bundle together from what the service keeps. Reads a snapshot; nothing waits for it.
#pragma once

#include "engine/checkpoints.h"
#include "engine/store/store.h"
#include "workflows/evidence/bundle.h"
#include "workflows/evidence/heads_shelf.h"
#include "workflows/rules/packs.h"

namespace sparkgate::evidence {

struct Wanted {
  bool personal = true;  // false: personal parts are left out
};

/// What a bundle is made of, beside the store.
struct Sources {
  const rules::Packs& packs;  // all that a decision may name
  HeadsShelf& heads;
};

/// The instance as of `signed_log`, a checkpoint of the running log, its note as it shall stand in the bundle: entries
/// beyond it are left out. Refuses log_broken.
Result<Bundle> gather(Reader& reader, const Instance& instance, const SignedCheckpoint& signed_log,
                      const Sources& sources, const Wanted& wanted);

}  // namespace sparkgate::evidence
