// An officer's two secrets: X25519 to read reports, Ed25519 to sign what the officer writes. Wrapped twice, under a
// passphrase of its own (not the login's) and under a recovery key on paper; each wrap opens without the other.
//
//   plain      = reading secret 32 ‖ signing secret 32
//   passphrase = salt 16 ‖ wrap(stretch(passphrase, salt, N = 2^17, r = 8, p = 1), "officer-passphrase")
//   recovery   = wrap(recovery key's 32 symbols, "officer-recovery"); see certs/box.h
//   aad        = canonical JSON {officer, tenant, version: 1}
#pragma once

#include "certs/crockford.h"
#include "certs/ed25519.h"
#include "certs/x25519.h"

namespace sparkgate {

/// Whose keys they are: nobody else's wrap opens in their place.
struct OfficerContext {
  std::string tenant;
  std::string officer;
};

struct OfficerKeys {
  X25519Key reading;
  Ed25519Key signing;
  static OfficerKeys generate(Random& random);
};

/// Costs 0.7 s and 137 MiB: the caller lets one such job run at a time, and only after login. Which passphrases are
/// good enough is the caller's business (certs/password.h).
std::string wrap_by_passphrase(const OfficerKeys& keys, const OfficerContext& context, std::string_view passphrase,
                               Random& random);
/// Costs as much. Nothing for a wrong passphrase, another officer, and for any altered byte.
std::optional<OfficerKeys> unwrap_by_passphrase(std::string_view wrapped, const OfficerContext& context,
                                                std::string_view passphrase);

/// The same keys under another passphrase; what is sealed to the officer and the recovery key stay as they are. Costs
/// twice as much. Nothing where the old passphrase opens nothing.
std::optional<std::string> change_passphrase(std::string_view wrapped, const OfficerContext& context,
                                             std::string_view old_passphrase, std::string_view new_passphrase,
                                             Random& random);

/// 32 symbols of Crockford's base 32 (160 uniform bits) and a check symbol, printed once.
class RecoveryKey {
 public:
  static RecoveryKey generate(Random& random);
  /// As ReceiptCode::parse reads it.
  static std::optional<RecoveryKey> parse(std::string_view text);
  std::string_view symbols() const { return symbols_.view(); }
  /// For printing: eight groups of four, the check symbol after the last.
  SecretBytes text() const { return grouped(symbols()); }

 private:
  explicit RecoveryKey(SecretBytes symbols) : symbols_(std::move(symbols)) {}
  SecretBytes symbols_;
};

std::string wrap_by_recovery_key(const OfficerKeys& keys, const OfficerContext& context, const RecoveryKey& key,
                                 Random& random);
/// Nothing for another key or officer, and for any altered byte.
std::optional<OfficerKeys> unwrap_by_recovery_key(std::string_view wrapped, const OfficerContext& context,
                                                  const RecoveryKey& key);

}  // namespace sparkgate
