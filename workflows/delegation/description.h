// States and events of a delegation as tables: names in both languages, who may, what an event's body holds.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::delegation {

Description make_description();

}  // namespace sparkgate::delegation
