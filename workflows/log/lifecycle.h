// A transparency log's own life, as a workflow: opened, its heads recorded, its keys changed, and closed when another
// goes on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::log {

/// The state after `event`, or nothing when the table has no such row. A log not yet opened has the state "".
std::optional<std::string> step(std::string_view state, std::string_view event);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::log
