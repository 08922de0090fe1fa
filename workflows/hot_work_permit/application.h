// An application as it is sent, and as it is kept: facts name people "p1", identifiers lie apart.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/pack.h"

namespace sparkgate::permit {

/// Splits the body of create and amend. `facts`: application, areas, scope_hash, measures; `personal`: numbers, links.
/// Refuses with payload_invalid, time_impossible, unknown_reference or measure_unknown.
Result<void> split_application(const Json& payload, const rules::Pack& pack, const View& view, Time at, Cast& cast,
                               Decision& decision);

/// What an approver sees and binds to: SHA-256 over the canonical application, in hex.
std::string scope_hash(const Json& application);

}  // namespace sparkgate::permit
