// What differs between two versions of a rule pack, item by item, for whoever decides whether to bring one into force.
#pragma once

#include "workflows/rules/pack.h"

namespace sparkgate::rules {

/// [{section, key, change: added | removed | changed, clause, zh, en, members: [those that differ], before, after}],
/// section after section, in the order of the packs.
Json differences(const Pack& before, const Pack& after);

}  // namespace sparkgate::rules
