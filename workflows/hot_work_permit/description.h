// States and events of a permit as tables: names in both languages, who may, and what an event's body holds.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::permit {

Description make_description();

}  // namespace sparkgate::permit
