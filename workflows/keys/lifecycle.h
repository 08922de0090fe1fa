// The life of a key ring as a state machine: which event leads where.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::keys {

struct LifecycleFacts {
  bool has_active_key = false;  // once the event has happened
};

/// The state after `event`, or nothing when the table has no such row. A ring not yet made has the state "".
std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::keys
