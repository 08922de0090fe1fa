// A permit's part in field work: which events a device may bring later, whether they could have happened when they
// did, and the conflicts that supervisors settle.
//
// data.states      [{state, since}], from the first to the present one; of one that an event from the field led to,
//                  since its earliest instant
// data.conflicts   [{number, event, code, by, reported_at, field: as in provenance.h, [settled: {by, at}]}]
// personal.conflicts {number: {payload, details, findings, [note]}}
#pragma once

#include "workflows/field/provenance.h"
#include "workflows/hot_work_permit/decisions.h"

namespace sparkgate::permit {

bool may_come_from_field(std::string_view event);

/// A fact, which leaves the state alone: could it be recorded in some state that the permit was in then?
bool was_recordable(const Instance& permit, std::string_view event, const field::Happened& when);

/// Refuses happened_before_state: what lets work go on (start, resume) unless it certainly came after the permit's
/// state began; anything else when the permit was in no state then that allows it.
Result<void> check_when(const Instance& permit, std::string_view event, const field::Happened& when);

/// Refuses field_event_not_allowed, as field::check_new does, and field_full with the device's k_most_refused.
Result<void> check_provenance(const Situation& situation);

/// What an entry keeps of where it comes from.
void keep_provenance(const Situation& situation, Decision& decision);

/// Of an entry that was made: refuses field_clock_impossible for times that cannot be, and as check_when does.
Result<void> recheck_field(const Instance& before, const Recorded& entry);

Result<void> keep_conflict(Deciding& deciding);    // field_conflict, by the service alone
Result<void> settle_conflict(Deciding& deciding);  // refuses conflict_unknown
bool has_open_conflict(const Instance& permit);

// Folding, called for every entry: before the state changes, and after it.
void apply_field(Instance& before, const Recorded& entry);
void note_state(Instance& permit, const Recorded& entry);

/// The conflicts as they are shown: titles and remedies in both languages.
Json conflicts_of(const Instance& permit);

}  // namespace sparkgate::permit
