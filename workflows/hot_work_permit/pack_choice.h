// By which rule pack an application is judged: the area says which are used in it, the applicant chooses among those.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::permit {

struct PackChoice {
  const rules::Packs& packs;
  std::string usual;  // id of the one that is used where no area names any
  const View& view;
  Time at;
};

/// The version in force at that time of the pack that an application names, else of the first that its area names: its
/// own, or the nearest above it that names some. Refuses with pack_unknown and pack_not_allowed.
Result<const rules::Pack*> pack_for(const Json& application, const PackChoice& choice);

/// The pack that the permit was submitted under, or would be now, whether its area allows it or no longer;
/// the usual one in place of one that is not there.
const rules::Pack* pack_to_show(const Instance& permit, const PackChoice& choice);

}  // namespace sparkgate::permit
