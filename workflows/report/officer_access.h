// What an officer's open keys give access to, while the officer is on the roster.
#pragma once

#include "workflows/report/officers.h"

namespace sparkgate::report {

class OfficerAccess {
 public:
  /// Refuses intake_closed, and not_an_officer for whoever is not on the roster with these very keys (any more).
  static Result<OfficerAccess> admit(const Intake& intake, const Unlocked& officer);

  const Roster& roster() const { return roster_; }
  /// Those on the roster whose keys hold now.
  const std::vector<RosterOfficer>& readers() const { return readers_; }

  /// Nothing where the officer was left out, and for what is not there or was altered.
  std::optional<Opened> open(IntakeReader& reader, const std::string& report) const;
  /// Reports that were sealed to the officer, by id.
  std::vector<Opened> all(IntakeReader& reader) const;

 private:
  OfficerAccess(const Intake& intake, const Unlocked& officer, Roster roster, std::vector<RosterOfficer> readers)
      : intake_(intake), officer_(officer), roster_(std::move(roster)), readers_(std::move(readers)) {}
  std::optional<Opened> open(IntakeReader& reader, const StoredWrap& wrap) const;

  const Intake& intake_;
  const Unlocked& officer_;
  Roster roster_;
  std::vector<RosterOfficer> readers_;
};

}  // namespace sparkgate::report
