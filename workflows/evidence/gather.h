// Puts a bundle together from what the service keeps. Reads a snapshot; nothing waits for it.
#pragma once

#include "engine/journal/checkpoint.h"
#include "engine/store/store.h"
#include "workflows/evidence/bundle.h"
#include "workflows/rules/packs.h"

namespace sparkgate::evidence {

/// One state of the log, and the way to prove what stands in it.
struct LogState {
  std::string checkpoint;  // signed
  journal::Checkpoint tree;
  journal::Subtrees subtrees;
};

struct Wanted {
  bool personal = true;  // false: personal parts are withheld
};

/// The instance as of `log`: entries beyond its size are left out. `packs`: all that a decision may name.
Bundle gather(Reader& reader, const Instance& instance, const LogState& log, const rules::Packs& packs,
              const Wanted& wanted);

}  // namespace sparkgate::evidence
