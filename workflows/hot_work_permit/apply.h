// One entry folded into a permit: the only code that changes its state and data, also in replay.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

Result<void> apply_entry(Instance& permit, const Recorded& entry);

}  // namespace sparkgate::permit
