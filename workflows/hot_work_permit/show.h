// A permit as its readers get it: facts, people by their names, photos, and words for the codes in it.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/pack.h"

namespace sparkgate::permit {

/// `me` is the name under which the reader takes part ("p2"), if any. `numbers` by which people are known come in full
/// to those who decide, whose units take part or who audit; to others only their last characters.
/// `pack`: whose words are used; may be null.
Json shown(const Instance& permit, const Actor& reader, const rules::Pack* pack, const View& view);

}  // namespace sparkgate::permit
