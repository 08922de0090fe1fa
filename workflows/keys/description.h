// States and events of a key ring: names in both languages, who may, and what an event's body holds.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::keys {

Description make_description();

}  // namespace sparkgate::keys
