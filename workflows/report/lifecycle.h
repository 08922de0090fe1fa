// The life of a public report as a state machine: which event leads where. Nothing here judges whether it may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::report {

/// The state after `event`, or nothing when the table has no such row. One not yet filed has the state "".
/// `is_first_objection`: the reporter has not objected before; a report is opened again once.
std::optional<std::string> step(std::string_view state, std::string_view event, bool is_first_objection);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::report
