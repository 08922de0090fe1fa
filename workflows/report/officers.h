// Officers' own keys: made at enrolment, opened by the intake passphrase or the printed recovery key. Each of these
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

 private:
  Result<StoredOfficer> officer_of(const std::string& account) const;
  OfficerContext context_of(const std::string& officer) const { return {intake_.tenant, officer}; }
  Result<void> put_passphrase(StoredOfficer officer, std::string wrap);

  Intake& intake_;
};

}  // namespace sparkgate::report
