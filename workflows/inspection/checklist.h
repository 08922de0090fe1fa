// What is checked at a place, from the rule pack, and what the results so far amount to.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::inspection {

/// The pack whose checklist serves: the permit's own, the one of its kind that is in force, the office's usual one,
/// whichever has one first. `permit` is null where nobody has one. Refuses with checklist_absent.
Result<const rules::Pack*> checklist_pack(const Instance* permit, const Situation& situation, const rules::Packs& packs,
                                          const std::string& default_pack);

/// Its items, [{code, clause, severity, zh, en, verified}]: those for work with a permit, or for work without.
const Json& items_of(const rules::Pack& pack, bool has_permit);

/// How far from the permit's place “on site” is.
double geofence_metres(const Instance& permit, const rules::Pack& pack);

/// Is it an item of this inspection's checklist?
bool has_item(const Instance& inspection, std::string_view code);

/// Items without a result, as findings.
std::vector<Finding> missing_results(const Instance& inspection);

/// Items that failed as they stand in the checklist, in its order; of that severity, or of any when "".
Json failed_items(const Instance& inspection, std::string_view severity = "");

}  // namespace sparkgate::inspection
