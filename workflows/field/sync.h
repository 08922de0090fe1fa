// A device that has network again: its events become ordinary commands of whoever signed them, in their order. What
// cannot be taken becomes a conflict of its permit; nothing is dropped, and nothing is taken twice.
#pragma once

#include "engine/engine.h"
#include "workflows/field/taking.h"

namespace sparkgate::field {

struct Desk {
  Engine& engine;
  Marks& marks;
  PhotoTimes photos = {};
};

/// The answer, sentences in both languages:
///   {now, mark, checkpoint, events: [{id, seq, outcome, kept, [code, title, remedy], [earliest, latest, at,
///    uncertainty_seconds, [clock_off_seconds]], [receipt: {origin, index, leaf, at}]}]}
/// outcome: "recorded"; "refused", with a code: kept as a conflict of the permit, or not kept, so that the device must
/// keep it; "already": an earlier sync brought it, with the code if it was refused then. Refuses key_not_active when
/// the device's key is not one of the actor's that is in force, field_mark_invalid for a mark beside those of the
/// events, and as the engine does; then the device keeps all of them.
Result<Json> sync(const Desk& desk, const Report& report, const Actor& actor);

}  // namespace sparkgate::field
