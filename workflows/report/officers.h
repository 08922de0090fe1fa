// Officers' own keys: made at enrolment, replaced once a year, opened by the intake passphrase or the printed recovery
// key. Each of these
// costs 0.7 s and 137 MiB (scrypt): the caller lets one such job run at a time.
#pragma once

#include "certs/officer_keys.h"
#include "workflows/report/intake.h"

namespace sparkgate::report {

/// An officer whose keys are open.
struct Unlocked {
  std::string officer;  // id
  OfficerKeys keys;
};

/// Signs a roster of those officers, as the intake lead does.
using SignRoster = std::function<Result<StoredRoster>(const std::vector<RosterOfficer>&)>;

struct Enrolment {
  std::string officer;
  RecoveryKey recovery;  // to be printed, once
};

class Officers {
 public:
  explicit Officers(Intake& intake) : intake_(intake) {}

  /// Refuses already_enrolled, password_weak.
  Result<Enrolment> enrol(const std::string& account, const std::string& name, std::string_view passphrase);
  /// Refuses not_an_officer, passphrase_wrong.
  Result<Unlocked> unlock(const std::string& account, std::string_view passphrase);
  /// Another passphrase by the recovery key. Refuses not_an_officer, passphrase_wrong, password_weak.
  Result<void> recover(const std::string& account, std::string_view recovery, std::string_view passphrase);
  /// Refuses as recover(). Costs twice as much.
  Result<void> change_passphrase(const std::string& account, std::string_view before, std::string_view after);
  /// New keys under the same passphrase; see replace_keys. The old recovery key opens nothing any more: the new one is
  /// to be printed. Refuses not_an_officer, passphrase_wrong, and as replace_keys. Costs twice as much.
  Result<RecoveryKey> rotate(const std::string& account, std::string_view passphrase, const SignRoster& sign);

 private:
  Result<StoredOfficer> officer_of(const std::string& account) const;
  OfficerContext context_of(const std::string& officer) const { return {intake_.tenant, officer}; }
  Result<void> put_passphrase(StoredOfficer officer, std::string wrap);

  Intake& intake_;
};

/// The officer has the keys of `after` from now on: what the old reading key opens is sealed to the new one, the roster
/// of the day is signed with the new keys in the place of the old ones, and what was sealed to the old key is removed.
/// All of it, or nothing: a crash leaves either the old keys or the new ones in force. What the old signing key signed
/// stays proven by the roster that named it. Refuses intake_closed, not_an_officer for whoever is not on the roster
/// with these keys, and as `sign` and Rosters::accept.
Result<void> replace_keys(const Intake& intake, const Unlocked& before, const StoredOfficer& after,
                          const SignRoster& sign);

}  // namespace sparkgate::report
