// The life of an uploaded rule pack as a state machine: which event leads where. Nothing here judges whether it may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::rule_packs {

/// The state after `event`, or nothing when the table has no such row. One not yet uploaded has the state "".
/// `none_left`: of its activations, once those still to come are cancelled.
std::optional<std::string> step(std::string_view state, std::string_view event, bool none_left = false);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::rule_packs
