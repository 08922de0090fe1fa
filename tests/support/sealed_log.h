// A signed log over all that a town has recorded: what bundles are made of.
#pragma once

#include "admin/workflows.h"
#include "certs/note.h"
#include "tests/support/town.h"
#include "workflows/evidence/gather.h"
#include "workflows/evidence/verify.h"

namespace sparkgate::test {

class SealedLog {
 public:
  explicit SealedLog(std::string origin = "test/town");

  /// The log as of now: every entry of every instance, and a checkpoint signed by the log and by `witnesses` of them.
  evidence::LogState seal(Town& town, size_t witnesses = 0);
  /// The bundle of one instance as of now.
  evidence::Bundle bundle(Town& town, const std::string& id, const evidence::Wanted& wanted = {});

  const NoteVerifier& key() const { return log_.verifier(); }
  std::vector<NoteVerifier> witness_keys() const;
  evidence::Trust trust() const;

 private:
  NoteSigner log_;
  std::vector<NoteSigner> witnesses_;
};

/// The archive of a bundle whose manifest tells its files.
std::string archive_of(const evidence::Bundle& bundle);
/// The same of files as they are.
std::string archive_of(const evidence::Files& files);

/// "valid complete", and every step that is not ok: "invalid complete: inclusion failed (entry_not_in_log)".
std::string outcome(const Result<evidence::Verdict>& verdict);

}  // namespace sparkgate::test
