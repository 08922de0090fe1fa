// An application as it is sent, and as it is kept: facts name people "p1", identifiers lie apart.
#pragma once

#include "engine/workflow.h"
#include "workflows/hot_work_permit/pack_choice.h"

namespace sparkgate::permit {

/// Why the application is not to be kept as it stands, the first first; what it does not hold is not objected to.
/// Of whose it is: role_required, unknown_reference. `id`: of the permit it is for, "" for a new one.
std::vector<Refusal> objections_to_units(const Json& application, const std::string& id, const Actor& actor,
                                         const View& view);
/// Of the rest: time_impossible, measure_unknown, unknown_reference.
std::vector<Refusal> objections_to(const Json& application, const rules::Pack& pack, const View& view, Time at);

/// Splits the body of create and amend. `facts`: application, areas, scope_hash, measures; `personal`: numbers, links.
/// Refuses with the first of objections_to().
Result<void> split_application(const Json& payload, const rules::Pack& pack, const View& view, Time at, Cast& cast,
                               Decision& decision);

/// What an approver sees and binds to: SHA-256 over the canonical application, in hex.
std::string scope_hash(const Json& application);

}  // namespace sparkgate::permit
