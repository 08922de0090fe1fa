// What an entry says of an event that a device recorded without network, and what an instance remembers of it.
//
// Command::provenance   {field, proof, [refused: {event, payload, code, details, findings}]}
//   field               {device: kid, id, seq, digest, [earliest, latest, at, uncertainty_seconds,
//                       [clock_off_seconds]]}; the times are those of placing.h, absent when it could not be placed
//   proof               {text, signature}: what the device signed
//   refused             of `field_conflict` alone: the event that was refused, and why
// The entry keeps `field` and {event, code} of `refused` as facts, the rest as personal data.
// Instance::data.field  {kid: {id: [entry's number in the instance, digest]}} for the instance's whole life
#pragma once

#include "engine/workflow.h"
#include "workflows/field/report.h"

namespace sparkgate::field {

inline constexpr std::string_view k_conflict_event = "field_conflict";
/// Of one device in one instance, which remembers each for its whole life, so there is an end to them.
inline constexpr size_t k_most_events = 1000;
/// Of them, those that were refused.
inline constexpr size_t k_most_refused = 100;

/// `placing`: null when it could not be placed.
Json provenance_of(const Claim& claim, const std::string& kid, const Placing* placing);

/// When something happened, as far as it is known: an interval that contains the instant.
struct Happened {
  Time earliest, latest;
};
/// What happens at the service happens at one instant.
Happened happened(const Situation& situation);
Happened happened(const Recorded& entry);

struct Known {
  int64_t seq = 0;  // the entry, in the instance
  std::string digest;
};
std::optional<Known> known(const Instance& instance, std::string_view kid, std::string_view id);

/// Refuses field_id_reused, and field_full with the device's k_most_events.
Result<void> check_new(const Instance& instance, const Json& field);

/// Remembers the event of an entry, if it is of a device, in the instance as it was before it.
void remember(Instance& before, const Recorded& entry);

/// A refusal as it is told later: {code, title, remedy}, the sentences in both languages. Of a code that this program
/// does not know, the code alone.
Json told_refusal(std::string_view code, const Json& details);

}  // namespace sparkgate::field
