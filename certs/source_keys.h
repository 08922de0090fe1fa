// What a receipt code opens, for whoever reported: everything is derived from the code, and the service keeps none of
// it.
//
//   K      = HKDF-SHA256(code's 20 symbols, salt = tenant's salt, info = "wb/source/v1"), 32 bytes
//   lookup = HMAC-SHA256(pepper, HKDF(K, info = "lookup"))
//   wrap   = HKDF(K, info = "wrap"), auth = HKDF(K, info = "auth"); 32 bytes each
//
// A code has 100 uniform bits: no slow hash is needed, and none can be flooded.
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

  /// The report's secret for the source to come back to: `wrap` of certs/box.h under the wrap key, the additional data
  /// canonical JSON {purpose, report, tenant, version: 1}.
  std::string wrap_secret(const SealContext& context, const SecretBytes& secret, Random& random) const;
  /// Nothing for another code or context, and for any altered byte.
  std::optional<SecretBytes> unwrap_secret(const SealContext& context, std::string_view wrapped) const;

  /// Sealed to the report at submission, so that officers can check the source's marks.
  const SecretBytes& auth_key() const { return auth_; }

 private:
  SourceKeys() = default;
  SecretBytes lookup_, wrap_, auth_;
};

/// The source's mark on a message: HMAC-SHA256(auth key, "wb/source-message/v1" ‖ u64be size of aad ‖ aad ‖ message).
Digest source_mark(const SecretBytes& auth_key, std::string_view aad, std::string_view message);
/// In constant time. `mark` in bytes, as it was stored.
bool is_source_mark(std::string_view mark, const SecretBytes& auth_key, std::string_view aad, std::string_view message);

}  // namespace sparkgate
