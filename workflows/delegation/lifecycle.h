// The life of a delegation as a state machine: which event leads where. Nothing here judges whether it may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::delegation {

/// The state after `event`, or nothing when the table has no such row. One not yet given has the state "".
/// `begins_now`: it is in force from the moment in which it is given.
std::optional<std::string> step(std::string_view state, std::string_view event, bool begins_now = false);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::delegation
