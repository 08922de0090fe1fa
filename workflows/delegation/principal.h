// On whose behalf somebody acts, by a delegation: what other workflows ask.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::delegation {

/// Whom a delegate stands in for.
struct Principal {
  std::string person, name;
};

/// The absent person in whose stead the actor may approve at something that lies in `areas` (its area and all above),
/// by that delegation. Refuses delegation_void.
Result<Principal> principal_of(const View& view, std::string_view delegation, const Actor& actor, const Json& areas);

/// The areas in which the person's accounts that are in force hold `supervisor`; "" is everywhere.
std::vector<std::string> supervised_areas(const View& view, std::string_view person);

/// Does a supervisor of these areas supervise whatever lies in that one? "" is everywhere.
bool supervises(const std::vector<std::string>& supervised, const std::string& area, const View& view);

}  // namespace sparkgate::delegation
