// What each event's entry says and sets in motion, once its conditions hold.
#pragma once

#include "engine/workflow.h"
#include "workflows/hot_work_permit/permit.h"

namespace sparkgate::permit {

struct Deciding {
  const Situation& situation;
  const Instance& permit;
  const Json& payload;
  Cast& cast;
  const rules::Packs& packs;
  const Settings& settings;
  std::string me;  // the actor's name within the permit, "" for a newcomer
  std::optional<StageJudgement> judgement;  // by which a start or resume may happen
  Decision decision;
};

/// The body's members into the decision: what is personal apart.
void keep_payload(Deciding& deciding);
/// Another event of the permit, by the system, right after this one.
void follow(Deciding& deciding, const char* event, Json payload = Json::object());

/// Fills `deciding.decision` for the event. Refuses with what the body lacks.
Result<void> decide_event(Deciding& deciding);

}  // namespace sparkgate::permit
