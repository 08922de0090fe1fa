// What must hold before an event may happen, as far as it does not depend on the event's body.
#pragma once

#include <optional>

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::permit {

/// A pack's judgement of the permit at one stage, with what it was judged by: stored with the entry, so that it can be
/// shown and judged again.
struct StageJudgement {
  rules::Judgement judgement;
  Json record;  // rules/record.h
};
StageJudgement judge(std::string_view stage, const Instance& permit, const rules::Pack& pack, Time at,
                     const View& view);

/// What the pack makes of a judgement at submit, for the rest of the permit's life: {approval_steps, site_rules}.
Json consequences(const rules::Pack& pack, const Json& record);

/// The pack that the permit was submitted under; null before it was, and for one that is not known.
const rules::Pack* pack_of(const Instance& permit, const rules::Packs& packs);

/// Every unmet condition of the event, the first by precedence naming the refusal. Of an event that may happen: the
/// judgement that let it, where a pack was asked (start, resume).
Result<std::optional<StageJudgement>> check_conditions(const Situation& situation, const rules::Packs& packs);

/// Whoever answers for an approval, in person or by a delegate, takes no part in the work and in no other step. Refuses
/// separation_of_duties and already_approved.
Result<void> check_apart(const Instance& permit, std::string_view person);

/// The same of an entry that was made, by the permit as it was before: registers are not looked at again, what the
/// rules said is taken from the entry.
Result<void> recheck_conditions(const Instance& permit, const Recorded& entry);

}  // namespace sparkgate::permit
