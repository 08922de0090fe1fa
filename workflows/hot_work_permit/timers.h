// What falls due by itself on a permit, on the server's clock.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/zone.h"

namespace sparkgate::permit {

/// Of a permit that has not ended. `zone`: of its pack; null before it was judged.
std::vector<Timer> timers_of(const Instance& permit, const rules::Zone* zone);

/// The end of the permit starts the retention; once erased, nothing personal is left to keep.
std::vector<Timer> retention_timer(const Instance& permit, int days);

}  // namespace sparkgate::permit
