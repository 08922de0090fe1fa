// States and events of an inspection as tables: names in both languages, who may, and what an event's body holds.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::inspection {

/// Who inspects, within their area.
const std::vector<std::string>& inspectors();

Description make_description();

}  // namespace sparkgate::inspection
