// What each event's entry says and sets in motion, once its conditions hold.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::inspection {

struct Deciding {
  const Situation& situation;
  const Json& payload;
  const rules::Packs& packs;
  const std::string& default_pack;
  Decision decision;
};

/// Fills `deciding.decision` for the event. Refuses with what the body lacks.
Result<void> decide_event(Deciding& deciding);

/// What concluding makes of the results: {failed, violations}, codes of items.
Json outcome_of(const Instance& inspection);

}  // namespace sparkgate::inspection
