// Whom a permit's events tell, and what.
#pragma once

#include "workflows/hot_work_permit/decisions.h"

namespace sparkgate::permit {

/// Adds a notice to whoever holds the role for this permit. `code` is a row of messages.def.
void notify(Deciding& deciding, std::string_view role, std::string_view code);

}  // namespace sparkgate::permit
