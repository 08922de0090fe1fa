// What a receipt code opens, for whoever reported: everything is derived from the code, and the service keeps none of
// it.
//
//   K       = HKDF-SHA256(code's 20 symbols, salt = tenant's salt, info = "wb/source/v1"), 32 bytes
//   lookup  = HMAC-SHA256(pepper, HKDF(K, info = "lookup"))
//   reading = X25519 of HKDF(K, info = "reading"), auth = HKDF(K, info = "auth"); 32 bytes each
//
// A code has 100 uniform bits: no slow hash is needed, and none can be flooded. The source reads by a key pair, as
// officers do: whoever gives the report a fresh secret seals it to the source without the code.
#pragma once

#include "certs/receipt_code.h"
#include "certs/seal.h"
#include "engine/base/digest.h"

namespace sparkgate {

class SourceKeys {
 public:
  static SourceKeys derive(const ReceiptCode& code, std::string_view tenant_salt);

  /// By which a report is found. Without the pepper, which is kept outside the database, nobody can try codes on it.
  Digest lookup(std::string_view pepper) const;

  /// To which the report's secret is sealed, for the source to come back to (certs/seal.h).
  const X25519Key& reading() const { return reading_; }
  /// Sealed to the report at submission, so that officers can check the source's marks.
  const SecretBytes& auth_key() const { return auth_; }

 private:
  SourceKeys(SecretBytes lookup, X25519Key reading, SecretBytes auth)
      : lookup_(std::move(lookup)), reading_(std::move(reading)), auth_(std::move(auth)) {}
  SecretBytes lookup_;
  X25519Key reading_;
  SecretBytes auth_;
};

/// The source's mark on a message: HMAC-SHA256(auth key, "wb/source-message/v1" ‖ u64be size of aad ‖ aad ‖ message).
Digest source_mark(const SecretBytes& auth_key, std::string_view aad, std::string_view message);
/// In constant time. `mark` in bytes, as it was stored.
bool is_source_mark(std::string_view mark, const SecretBytes& auth_key, std::string_view aad, std::string_view message);

}  // namespace sparkgate
