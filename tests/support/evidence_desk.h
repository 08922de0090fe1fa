// Bundles of a town's permits, the witnesses who saw its log, and what a verifier believes.
#pragma once

#include "admin/workflows.h"
#include "tests/support/signing_key.h"
#include "tests/support/town.h"
#include "workflows/evidence/gather.h"
#include "workflows/evidence/verify.h"

namespace sparkgate::test {

class EvidenceDesk {
 public:
  static constexpr size_t k_witnesses = 3;

  explicit EvidenceDesk(Town& town);

  /// The log's newest checkpoint, cosigned by the first `witnesses` of them.
  SignedCheckpoint checkpoint(size_t witnesses = k_witnesses) const;
  evidence::Bundle bundle(const std::string& id, const evidence::Wanted& wanted = {}) const;
  evidence::Bundle bundle(const std::string& id, const SignedCheckpoint& signed_log,
                          const evidence::Wanted& wanted = {}) const;
  /// Has the log record its heads, an hour later.
  void record_heads() const;

  NoteVerifier log_key() const;
  std::vector<NoteVerifier> witness_keys() const;
  /// The log's key and every witness.
  evidence::Trust trust() const;

 private:
  Town& town_;
  std::vector<NoteSigner> witnesses_;
  mutable evidence::HeadsShelf heads_;
};

/// The archive of a bundle, with a manifest that fits.
std::string archive_of(const evidence::Bundle& bundle);
/// The same of files as they are.
std::string archive_of(const evidence::Files& files);

/// As `sparkgate verify` judges.
Result<evidence::Verdict> judge(const std::string& archive, const evidence::Trust& trust);

/// "valid complete", and every step that is not ok: "invalid complete; inclusion failed entry_not_in_log".
std::string outcome(const Result<evidence::Verdict>& verdict);

}  // namespace sparkgate::test
