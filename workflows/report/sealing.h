// Whom a report is sealed to once the roster has changed: whoever came reads it too, and whoever left, having perhaps
// kept its secret, reads nothing that is said in it from then on.
#pragma once

#include "workflows/report/officer_access.h"

namespace sparkgate::report {

struct Sealings {
  int sealed = 0;   // reports that an officer could not read before, each counted for each officer
  int rekeyed = 0;  // reports that have a fresh secret
};

/// For one officer's act, of what that officer can open.
class Sealer {
 public:
  Sealer(const Intake& intake, const OfficerAccess& access)
      : intake_(intake),
        access_(access),
        officers_(intake.rosters.signing_keys()),
        leaving_(intake.rosters.newest_leaving()) {}

  /// Nothing where the first item was altered: it names those whom the source left out, and the source's own key.
  void seal(IntakeWriter& writer, Opened& opened);
  const Sealings& made() const { return made_; }

 private:
  bool needs_fresh_secret(const StoredReport& report) const;
  /// False when nothing was changed.
  bool give_fresh_secret(IntakeWriter& writer, Opened& opened, const std::vector<StoredItem>& items,
                         const Json& first);

  const Intake& intake_;
  const OfficerAccess& access_;
  const SigningKeys officers_;
  const uint64_t leaving_;
  Sealings made_;
};

}  // namespace sparkgate::report
