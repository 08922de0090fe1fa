// The keys that sign the log: Ed25519 ones, of which one is always in force, and SM2 ones beside them where the office
// wants that. While an old and a new key overlap, both sign, and whoever knows either can check the log.
#pragma once

#include "certs/note.h"
#include "engine/checkpoints.h"
#include "engine/store/store.h"

namespace sparkgate::admin {

struct LogKeyOptions {
  bool sign = true;               // false: nothing is signed; whoever serves the data next signs what was recorded
  std::vector<std::string> keys;  // PKCS#8 files or "pkcs11:…" URIs; none: the files of DATA/keys, see LogKeys::load
  std::string retiring;           // verifier key of one that may be missing, since it is about to end
  bool for_next_log = false;      // the running log's keys may be missing: it is about to be continued
};

/// Immutable; signs as whatever origin the checkpoint names.
class LogKeys {
 public:
  /// The keys that the log itself says are in force, by their verifier keys: no private key is in the store. By default
  /// they are looked for in the files DATA/keys/log*.pem; log.pem is made where the log names none yet. Refuses
  /// log_key_other (one in force is missing, or another was given) and as PrivateKey::load.
  static Result<LogKeys> load(const LogKeyOptions& options, const std::filesystem::path& data, Reader& reader);

  LogSigner signer() const;
  /// Verifier keys under that origin.
  std::vector<std::string> vkeys(const std::string& origin) const;

 private:
  std::vector<NoteSigner> signers(const std::string& origin) const;
  Result<std::string> sign(const std::string& text) const;
  bool verify(const std::string& note) const;

  std::vector<PrivateKey> keys_;
  std::string barred_;  // origin of a log of which keys in force are missing: nothing is signed in its name
};

/// The verifier key that this one has under the origin. Refuses key_invalid for types that sign no log.
Result<std::string> log_vkey(const std::string& origin, const PrivateKey& key);

struct MadeKey {
  PrivateKey key;
  std::string file;
};
/// A key of that type in a new file DATA/keys/log….pem. Refuses file_unwritable.
Result<MadeKey> make_log_key(const std::filesystem::path& data, KeyType type);

/// A line each.
std::string lines_of(const std::vector<std::string>& vkeys);

}  // namespace sparkgate::admin
