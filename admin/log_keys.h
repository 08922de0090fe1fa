// The keys that sign the log: an Ed25519 key always, an SM2 key beside it where the office wants one.
#pragma once

#include "certs/note.h"
#include "engine/checkpoints.h"
#include "engine/store/store.h"

namespace sparkgate::admin {

struct LogKeyOptions {
  bool sign = true;     // false: nothing is signed; whoever serves the data next signs what was recorded meanwhile
  std::string key;      // a PKCS#8 file or a "pkcs11:…" URI; "": DATA/keys/log.pem, made at the first start
  std::string sm2_key;  // the same; "": none
};

/// Immutable; signs as whatever origin the checkpoint names.
class LogKeys {
 public:
  /// Only the public keys are kept in the store: a key that did not sign the log before is refused (log_key_other), and
  /// none is made anew where one is missing. Refuses as PrivateKey::load.
  static Result<LogKeys> load(const LogKeyOptions& options, const std::filesystem::path& data, Writer& writer);

  LogSigner signer() const;
  /// Verifier keys under that origin, a line each.
  std::string vkeys(const std::string& origin) const;

 private:
  struct Key {
    NoteKeyKind kind;
    PrivateKey key;
  };
  std::vector<NoteSigner> signers(const std::string& origin) const;
  Result<std::string> sign(const std::string& text) const;
  bool verify(const std::string& note) const;

  std::vector<Key> keys_;
};

}  // namespace sparkgate::admin
