// States and events of a violation's record as tables: names in both languages, who may, what an event's body holds.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::violation {

Description make_description();

}  // namespace sparkgate::violation
