// A log in memory, for tests of those who watch logs: leaves, signed checkpoints and proofs of any size.
#pragma once

#include <string>
#include <vector>

#include "certs/note.h"
#include "engine/journal/checkpoint.h"

namespace sparkgate::test {

class GrowingLog {
 public:
  /// `salt` makes other leaves: another history under the same name and key.
  explicit GrowingLog(const std::string& origin = "office.example/log", std::string salt = "");
  const std::string& origin() const { return signer_.verifier().name(); }
  const NoteVerifier& key() const { return signer_.verifier(); }

  journal::Checkpoint checkpoint(uint64_t size) const;
  std::string note(uint64_t size) const;  // signed
  /// Empty from 0, as the protocol of witnesses has it.
  journal::Proof proof(uint64_t from, uint64_t to) const;

 private:
  journal::Subtrees subtrees() const;
  NoteSigner signer_;
  std::string salt_;
};

/// A witness's signer; the same name gives the same key.
NoteSigner witness_signer(const std::string& name);

}  // namespace sparkgate::test
