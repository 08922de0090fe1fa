// A key that signs a test's log, and can be made to fail.
#pragma once

#include <atomic>

#include "certs/note.h"
#include "engine/checkpoints.h"

namespace sparkgate::test {

/// Signs as the origin that the checkpoint names. Copies of signer() share the key and its failures.
class LogKey {
 public:
  explicit LogKey(PrivateKey key = PrivateKey::generate(KeyType::ed25519)) : key_(std::move(key)) {}
  LogSigner signer() {
    return {[this](const std::string& text) { return sign(text); },
            [this](const std::string& note) { return holds(note); }};
  }
  bool holds(const std::string& bytes) const {
    const auto note = parse_note(bytes);
    if (!note) return false;
    const auto by = verified_by(*note, {note_signer(note->text).verifier()});
    return by && by->size() == 1;
  }
  NoteVerifier verifier(const std::string& origin) const { return note_signer(origin + "\n").verifier(); }
  /// As the log's own instance is told of it.
  auto vkeys() const {
    return [this](const std::string& origin) { return std::vector<std::string>{verifier(origin).vkey()}; };
  }
  /// As `serve` finds it: DATA/keys/log.pem.
  void save_in(const std::filesystem::path& data) const;
  std::atomic<bool> fails = false;
  std::atomic<int> signatures = 0;

 private:
  NoteSigner note_signer(const std::string& text) const {
    return NoteSigner(text.substr(0, text.find('\n')), NoteKeyKind::ed25519, key_);
  }
  Result<std::string> sign(const std::string& text);

  const PrivateKey key_;
};

}  // namespace sparkgate::test
