// Whether an entry of a permit could lawfully be made, told from the log alone.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

/// Refuses as decide() would have: what stands against the event, an approval of another scope or step, a qualification
/// against its findings. Throws Json::exception for facts that no permit has.
Result<void> recheck_entry(const Instance& permit, const Recorded& entry);

}  // namespace sparkgate::permit
