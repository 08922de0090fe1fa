// What must hold when a supervisor delegates, and what its entry says.
#pragma once

#include "engine/workflow.h"
#include "workflows/delegation/workflow.h"

namespace sparkgate::delegation {

/// Refuses role_required, unknown_reference, time_impossible, delegate_unfit and delegation_chained.
Result<Decision> give(const Situation& situation, const Json& payload, Cast& cast, const Settings& settings);

}  // namespace sparkgate::delegation
