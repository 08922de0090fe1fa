// One person's key ring, and how others look into it.
//
// data      {keys: {kid: {kind, state, root, enroller, enrolled_at, [active_at, ended_at, reason],
//                         endorsements: [{kid, by, enroller}]}}}
//           A key's state is pending, active or ended. `enroller`: it may endorse others, as all who endorsed it say.
//           `root`: in force by its own enrolment, since too few people could endorse it. Offline nobody believes
//           this: a verifier is told the roots.
// personal  {person, keys: {kid: {public_key, label, [credential]}}}
#pragma once

#include "engine/workflow.h"

namespace sparkgate::keys {

inline constexpr std::string_view k_workflow = "key_ring";
inline constexpr std::string_view k_pending = "pending", k_active = "active", k_ended = "ended";

/// The key in the ring's data; null when it has none of that name.
const Json& key_in(const Instance& ring, std::string_view kid);
bool is_active(const Instance& ring, std::string_view kid);
bool has_active_key(const Instance& ring);
/// In force, and may endorse others.
bool is_enroller_key(const Instance& ring, std::string_view kid);

/// The ring that holds or held the key. Null when nobody ever enrolled it.
InstancePtr ring_of_key(const View& view, std::string_view kid);
/// The person's ring that is not closed; null when there is none.
InstancePtr ring_of_person(const View& view, std::string_view person);

/// Every grant of the person's live accounts lies in reach of that role of the actor's.
bool oversees(const Actor& actor, std::string_view role, std::string_view person, const View& view);

/// Do the person's accounts make an administrator of them?
bool is_administrator(const std::string& person, const View& view);

/// How many people with an enroller's key in force could endorse a key of that person; themselves among them.
size_t enrollers_of(std::string_view person, const View& view);

/// The counter in the store that holds the last value signed with the key.
std::string counter_of(std::string_view kid);

/// Folds one entry into a ring: the only code that changes one, also in replay.
Result<void> apply_entry(Instance& ring, const Recorded& entry);

}  // namespace sparkgate::keys
