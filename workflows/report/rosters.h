// Who may read reports now: the newest roster that the intake lead signed, verified each time it is asked for.
#pragma once

#include <functional>

#include "certs/roster.h"
#include "engine/store/intake_store.h"
#include "workflows/report/thread.h"

namespace sparkgate::report {

/// The highest epoch that was ever seen, kept outside the database: an old roster put back is known for what it is.
class EpochFile {
 public:
  explicit EpochFile(std::filesystem::path file) : file_(std::move(file)) {}
  /// 0 when there is none yet. Refuses file_unreadable, also for a file that is no number.
  Result<uint64_t> highest() const;
  /// Never goes back. Refuses file_unwritable.
  Result<void> raise(uint64_t epoch) const;

 private:
  std::filesystem::path file_;
};

/// The intake lead's verifying key: 64 hexadecimal digits and a line feed, in a file that the service need not be able
/// to write.
class LeadFile {
 public:
  explicit LeadFile(std::filesystem::path file) : file_(std::move(file)) {}
  /// Nothing while there is no such file, or no key in it.
  std::optional<PublicKey> key() const;
  /// Refuses file_unwritable.
  Result<void> put(const PublicKey& key) const;

 private:
  std::filesystem::path file_;
};

/// One that may be out of force by now, judged as of the day on which it was issued. Nothing when it is not the lead's.
std::optional<Roster> roster_as_issued(const StoredRoster& stored, const PublicKey& lead, const std::string& tenant);

class Rosters {
 public:
  Rosters(IntakeStore& store, const Clock& clock, std::string tenant, LeadFile lead, EpochFile epochs)
      : store_(store), clock_(clock), tenant_(std::move(tenant)), lead_(std::move(lead)), epochs_(std::move(epochs)) {}

  /// Refuses intake_closed: no roster, no lead's key, a roster that does not hold, fewer than two valid officers.
  Result<Roster> current() const;
  /// Of everybody who ever stood on a roster of the lead's: what they signed stays theirs.
  SigningKeys signing_keys() const;
  /// The newest epoch with which a reading key was on the rosters no more; 0 when none ever left. Whoever had it may
  /// have kept the secret of a report that is older.
  uint64_t newest_leaving() const;
  /// Which the next roster has.
  Result<uint64_t> next_epoch() const;
  /// Takes a new one in; what is sealed to keys that are not on it is removed. All of it, with what is done `together`,
  /// or nothing. Refuses roster_refused, file_unwritable.
  Result<Roster> accept(const StoredRoster& roster, const std::function<void(IntakeWriter&)>& together = {}) const;

 private:
  /// By epoch, in force or not; nothing for one that is not the lead's.
  std::vector<std::optional<Roster>> all() const;
  Result<Roster> verified(const StoredRoster& roster) const;

  IntakeStore& store_;
  const Clock& clock_;
  const std::string tenant_;
  const LeadFile lead_;
  const EpochFile epochs_;
};

}  // namespace sparkgate::report
