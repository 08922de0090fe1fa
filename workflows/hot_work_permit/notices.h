// Whom a permit's events tell, and what.
#pragma once

#include "engine/base/messages.h"
#include "workflows/hot_work_permit/decisions.h"

namespace sparkgate::permit {

void notify_person(Deciding& deciding, const std::string& person, Message message);
/// Adds a notice to whoever holds the role for this permit.
void notify(Deciding& deciding, std::string_view role, Message message);

}  // namespace sparkgate::permit
