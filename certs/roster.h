// The roster: to whom reports are sealed. The intake lead signs it, so that whoever writes to the database cannot add a
// reader; it is verified before every seal.
//
//   text      = canonical JSON {epoch, expires, issued, officers: [{from, id, name, reading_key, signing_key}], tenant}
//   signature = Ed25519 of the lead over "wb/roster/v1" ‖ text
//
// Times as format_time writes them, keys in base64.
#pragma once

#include <cstdint>
#include <vector>

#include "certs/keys.h"
#include "engine/base/time.h"

namespace sparkgate {

inline constexpr size_t k_max_roster_bytes = 65536;
inline constexpr size_t k_max_roster_officers = 100;
inline constexpr std::chrono::days k_roster_days{90};
inline constexpr hours k_roster_skew{24};  // by which the lead's clock, offline, may be ahead

struct RosterOfficer {
  std::string id;
  std::string name;
  std::string reading_key;  // X25519, 32 bytes
  std::string signing_key;  // Ed25519, 32 bytes
  Time from;                // reports are sealed to it from then on
  bool operator==(const RosterOfficer&) const = default;
};

struct Roster {
  std::string tenant;
  uint64_t epoch = 0;  // from 1 on; each roster has a higher one than that before it
  Time issued;
  Time expires;  // k_roster_days after `issued` at most
  std::vector<RosterOfficer> officers;
  bool operator==(const Roster&) const = default;
};

/// What is stored.
std::string roster_text(const Roster& roster);
/// What the lead signs of it, offline.
std::string roster_to_sign(std::string_view text);

/// Why a roster is not used, in the order in which it is judged.
enum class RosterFault {
  too_large,
  wrong_signature,
  malformed,  // no canonical JSON, a member missing or of another kind, more officers or days than may be
  unknown_member,
  wrong_tenant,
  duplicate_officer,
  duplicate_key,  // of two officers, or for both purposes
  unusable_key,   // nothing can be sealed to it (is_x25519_public)
  not_yet_issued,
  expired,
  old_epoch,  // lower than the highest one known
};
std::string_view name_of(RosterFault fault);  // "too_large", …

struct RosterCheck {
  PublicKey lead;
  std::string tenant;
  Time at;
  uint64_t highest_epoch = 0;  // from the high-water file; the caller raises it to the roster's
};

/// Nothing of the text is looked at before its signature is right.
tl::expected<Roster, RosterFault> read_roster(std::string_view text, std::string_view signature,
                                              const RosterCheck& check);

/// Those that reports are sealed to at the time.
std::vector<RosterOfficer> valid_officers(const Roster& roster, Time at);
/// At least two: with fewer no report is taken.
bool has_enough_officers(const Roster& roster, Time at);

}  // namespace sparkgate
