#include "tests/support/roster_property.h"

#include <set>

#include "certs/ed25519.h"
#include "certs/roster.h"
#include "certs/x25519.h"
#include "tests/support/fake_clock.h"

namespace sparkgate::test {
namespace {

constexpr uint64_t k_highest_epoch = 3;

const Ed25519Key& lead() {
  static const Ed25519Key key = Ed25519Key::from_secret(std::string(32, 'l')).value();
  return key;
}

RosterCheck check() {
  return {PublicKey::from_raw(KeyType::ed25519, lead().public_key()).value(), "office", a_monday(), k_highest_epoch};
}

std::string broken_promise_of(const Roster& roster, std::string_view text) {
  if (roster_text(roster) != text) return "a roster has one text";
  if (roster.tenant != "office" || roster.epoch < k_highest_epoch) return "a roster is this office's and no old one";
  if (roster.expires <= a_monday() || roster.issued > a_monday() + k_roster_skew) return "a roster is in force";
  if (roster.expires - roster.issued > k_roster_days) return "a roster lasts 90 days at most";
  if (roster.officers.size() > k_max_roster_officers) return "a roster's officers are bounded";
  std::set<std::string> ids, keys;
  for (const RosterOfficer& officer : roster.officers) {
    if (!ids.insert(officer.id).second) return "an officer stands there once";
    if (!keys.insert(officer.reading_key).second || !keys.insert(officer.signing_key).second) return "a key, too";
    if (!is_x25519_public(officer.reading_key)) return "something can be sealed to each officer";
  }
  const auto valid = valid_officers(roster, a_monday());
  return has_enough_officers(roster, a_monday()) == (valid.size() >= 2) ? "" : "two officers are enough";
}

}  // namespace

std::string broken_roster_promise(std::string_view bytes) {
  const std::string signature = lead().sign(roster_to_sign(bytes));
  const auto roster = read_roster(bytes, signature, check());
  if (!roster) return name_of(roster.error()).empty() ? "a fault has a name" : "";
  if (const auto broken = broken_promise_of(*roster, bytes); !broken.empty()) return broken;
  for (const std::string& other : {lead().sign(bytes), signature + '\0', signature.substr(1), std::string()}) {
    const auto foreign = read_roster(bytes, other, check());
    if (foreign || foreign.error() != RosterFault::wrong_signature) return "a roster is signed as one";
  }
  return "";
}

}  // namespace sparkgate::test
