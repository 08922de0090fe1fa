// The one lifecycle that every kind of registry record shares.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate::registry {

/// What chooses between two targets. The entry keeps it, so that replay takes the same way.
struct LifecycleFacts {
  bool is_verified = false;   // registered by somebody who may verify, or by the system
  bool is_suspended = false;  // the record says so itself, as an imported ledger may
};

/// The state after `event`, or nothing when the table has no such row. A record not yet made has the state "".
std::optional<std::string> step(std::string_view state, std::string_view event, const LifecycleFacts& facts);

std::vector<TransitionSpec> transitions();

}  // namespace sparkgate::registry
