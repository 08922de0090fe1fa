// The life of a hot-work permit as a state machine: which event leads where. Nothing here judges whether it may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::permit {

/// What chooses between two targets. Entries keep it, so that replay takes the same way.
struct LifecycleFacts {
  bool is_last_approval = false;
  std::string_view end_cause;  // "": work was finished; "revoked" or "expired": why the watch after work came early
};

/// The state after a transition event, or nothing when the table has no such row.
std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts);

/// Facts are recorded without change of state; in these states.
bool is_recordable(std::string_view state, std::string_view fact_event);

/// The table, and the fact events as loops, in the order they are read.
std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::permit
