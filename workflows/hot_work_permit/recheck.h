// Whether an entry of a permit could lawfully be made, told from the log alone.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::permit {

/// Refuses as decide() would have: what stands against the event, an approval of another scope or step, a qualification
/// against its findings; and log_broken where approval steps and figures are not those of the pack. Throws
/// Json::exception and std::out_of_range for facts that no permit has.
Result<void> recheck_entry(const Instance& permit, const Recorded& entry, const rules::Packs& packs);

}  // namespace sparkgate::permit
