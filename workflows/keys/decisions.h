// What each event of a key ring records, once it is known that the actor may send it.
#pragma once

#include "workflows/keys/workflow.h"

namespace sparkgate::keys {

struct Deciding {
  const Situation& situation;
  const Json& payload;
  Cast& cast;
  const Settings& settings;
};

/// Refuses with what stands against it. That new keys are held by whom they are enrolled for, and that an endorsement
/// is signed, workflows/signing sees to.
Result<Decision> decide_event(const Deciding& deciding);

}  // namespace sparkgate::keys
