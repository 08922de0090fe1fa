// The folder DATA/intake: reports and officers, the pepper, the lead's key; and all of it wired for the service.
#pragma once

#include "admin/cleaner.h"
#include "engine/engine.h"
#include "workflows/report/officers.h"

namespace sparkgate::admin {

/// Of what nobody on a new roster can read, or of what no receipt code would open any more.
enum class Loss { must_not_be, may_be };

class IntakeHouse {
 public:
  using Log = std::function<void(const std::string& line)>;

  /// Makes what is not there yet: an empty database, a pepper, a name and salt of this office. Refuses as
  /// open_sqlite_intake, key_exposed when others may read the pepper, and pepper_missing when it is not there any more
  /// or is another one, as after a restore.
  static Result<std::unique_ptr<IntakeHouse>> open(const std::filesystem::path& data, Engine& engine,
                                                   const Clock& clock, Random& random, const Log& log);

  report::Intake& intake() { return *intake_; }
  const report::LeadFile& lead() const { return lead_; }
  /// To be noted on paper.
  std::string pepper_text() const;

  /// All who are enrolled.
  std::vector<StoredOfficer> officers();

  /// A roster of those officers from now on, for its longest time, in force at once. Refuses signing_failed,
  /// roster_refused, and reports_would_be_lost where none of them can read some report, unless that `may` be.
  Result<Roster> sign_roster(const std::vector<StoredOfficer>& officers, const PrivateKey& lead,
                             Loss loss = Loss::must_not_be);

  /// Other keys for the officer of that account, at once in force. Refuses as Officers::rotate, and signing_failed.
  Result<RecoveryKey> rotate(const std::string& account, std::string_view passphrase, const PrivateKey& lead);

 private:
  int lost_with(const std::vector<RosterOfficer>& officers);
  /// From now on, for its longest time.
  Result<StoredRoster> signed_roster(const std::vector<RosterOfficer>& officers, const PrivateKey& lead) const;

  IntakeHouse(std::unique_ptr<IntakeStore> store, const std::filesystem::path& folder)
      : store_(std::move(store)), lead_(folder / "lead.pub"), epochs_(folder / "roster_epoch") {}

  std::unique_ptr<IntakeStore> store_;
  report::LeadFile lead_;
  report::EpochFile epochs_;
  std::unique_ptr<report::Rosters> rosters_;
  std::unique_ptr<report::Intake> intake_;
  std::unique_ptr<Cleaner> cleaner_;
};

/// Another pepper instead of one that is lost, for an intake that nobody has opened: no receipt code that was given out
/// until now opens anything any more; officers read on. Refuses as open_sqlite_intake, file_unwritable; and, where
/// there are reports and none may be lost, codes_would_be_lost when the pepper is there, and as read_secret when it
/// cannot be read.
Result<void> replace_pepper(const std::filesystem::path& data, Random& random, Loss loss);

}  // namespace sparkgate::admin
