// Who holds which role where. A grant within an area reaches every area below it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow.h"

namespace sparkgate {

/// Where a thing belongs: a unit (credit code), an area (area code), either may be "".
struct Scope {
  std::string unit;
  std::string area;
};

/// The area and all above it, nearest first; the areas are those registered. Empty for "".
std::vector<std::string> area_chain(std::string_view area, const View& view);

/// Does the grant reach a thing of that scope? A grant without unit and area reaches everything.
bool covers(const Grant& grant, const Scope& scope, const View& view);

/// The system itself holds no role: ask for `actor.system`.
bool has_role(const Actor& actor, std::string_view role, const Scope& scope, const View& view);
bool has_any_role(const Actor& actor, const std::vector<std::string>& roles, const Scope& scope, const View& view);

/// The same wherever it may be: what can be asked before a thing exists.
bool has_role_somewhere(const Actor& actor, const std::vector<std::string>& roles);

/// Does the actor hold the role over a thing that lies in `areas` (its area and all above, as it was recorded)? A grant
/// within a unit does not count.
bool has_role_over(const Actor& actor, std::string_view role, const Json& areas);

/// The same areas as a notice names them, "/county/town/village/grid/": a grant for any of them reads it.
std::string notice_path(const Json& areas);

/// Roles that see in full the numbers by which people are known; others get them masked.
const std::vector<std::string>& roles_that_see_numbers();

/// The last characters of what a person is known by, for those who need no more to recognise it.
std::string masked(std::string_view identifier);

/// role_required, naming the roles that may.
tl::unexpected<Refusal> refuse_role(const std::vector<std::string>& roles);

}  // namespace sparkgate
