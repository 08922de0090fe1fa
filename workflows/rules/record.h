// A judgement as an entry keeps it: enough to show it, and to judge again under the rules of its day.
#pragma once

#include "workflows/rules/pack.h"

namespace sparkgate::rules {

/// {stage, pack: {id, version, digest}, inputs, grade, upgraded, upgrade_reasons, findings}
Json record_of(std::string_view stage, const Pack& pack, Json inputs, const Judgement& judgement);

/// Whether the pack gives that judgement again, in every member. False for whatever is no record of this pack.
bool repeats(const Pack& pack, const Json& record);

}  // namespace sparkgate::rules
