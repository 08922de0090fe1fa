// A permit is never prolonged: who needs more time applies again, with what was said before filled in.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

/// The body of a `create` for the same work: a window of the same length that begins where the permit's ends, or now,
/// and `renews`. What was erased, or names a person whose number is not kept, is left to be filled in.
Json renewal_of(const Instance& permit, Time at);

}  // namespace sparkgate::permit
