// An application as it is sent, and as it is kept: facts name people "p1", identifiers lie apart.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::permit {

struct PackChoice {
  const rules::Packs& packs;
  std::string usual;  // id of the one for applications that name none
  const View& view;
  Time at;
};
/// The version in force at that time of the pack that an application names, else of the usual one. Refuses with
/// pack_unknown.
Result<const rules::Pack*> pack_for(const Json& application, const PackChoice& choice);
/// The pack that the permit was submitted under, or would be now; null when its application names an unknown one.
const rules::Pack* pack_to_show(const Instance& permit, const PackChoice& choice);

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
