// What must hold before an event may happen, as far as it does not depend on the event's body.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::inspection {

/// The permit that is inspected, as it is now; null where nobody has one.
InstancePtr permit_of(const Instance& inspection, const View& view);

/// Can its work be stopped as it stands?
bool can_be_stopped(const Instance& permit);

/// The weightiest role in which the actor inspects things in those areas; "" when they hold none.
std::string acting_role(const Actor& actor, const Json& areas);

/// Nobody inspects a permit that they take part in: separation_of_duties.
Result<void> check_apart(const Instance& permit, const Actor& actor);

/// The first condition of the event that is not met.
Result<void> check_conditions(const Situation& situation);

}  // namespace sparkgate::inspection
