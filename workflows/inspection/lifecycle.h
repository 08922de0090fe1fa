// The life of an inspection as a state machine: which event leads where. Nothing here judges whether it may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::inspection {

/// The state after `event`, or nothing when the table has no such row. One not yet opened has the state "".
std::optional<std::string> step(std::string_view state, std::string_view event);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::inspection
