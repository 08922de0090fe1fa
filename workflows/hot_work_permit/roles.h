// Who is who in one permit.
#pragma once

#include <optional>
#include <string_view>

#include "engine/workflow.h"

namespace sparkgate::permit {

/// Does the actor hold the role for this permit? applicant: of the contractor's unit; site_owner: of the owner's unit;
/// operator, fire_watch: named in it, or watching now, or offered to; the others: over its area.
bool holds_role(const Instance& permit, const Actor& actor, std::string_view role);

/// The actor's name within the permit ("p2"), or "".
std::string name_within(const Instance& permit, const Actor& actor);

/// Applied for it, works on it, is in charge of it or watches it.
bool takes_part(const Instance& permit, std::string_view name);

/// Who watches, by name: whoever took over last, at first the one whom the application names.
std::string current_watch(const Instance& permit);

/// The person's real name where it is known and not erased, else the name within the permit.
std::string shown_name(const Instance& permit, const std::string& name);

/// The member of the application, or null.
const Json& application(const Instance& permit, std::string_view member);

bool contains(const Json& array, std::string_view text);

/// A time as it stands in a permit's data; nothing when it is absent or none.
std::optional<Time> time_of(const Json& value);

/// The object that is a member of another; an empty one when there is none.
const Json& part(const Json& data, std::string_view member);
std::optional<Time> time_in(const Json& object, std::string_view member);

}  // namespace sparkgate::permit
