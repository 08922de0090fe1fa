// What leaves the house for one recipient: CMS that only the key of the recipient's certificate opens, with any program
// that knows CMS (`openssl cms -decrypt`).
//
//   AuthEnvelopedData (RFC 5083), content AES-256-GCM (RFC 5084)
//   recipient by key agreement on P-256 (RFC 5753): dhSinglePass-stdDH-sha256kdf-scheme, AES-256 key wrap
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate {

inline constexpr size_t k_max_certificate_bytes = 16384;

/// Immutable; safe to share between threads. Who vouches for the certificate is not looked at: whoever uses it compares
/// its fingerprint with what the recipient says.
class CmsRecipient {
 public:
  /// `pem`: one certificate, of a P-256 key that may be used for key agreement, valid at the time. Refuses
  /// certificate_unusable.
  static Result<CmsRecipient> from_pem(std::string_view pem, Time at);

  const std::string& subject() const;      // as RFC 2253 writes it, in UTF-8
  const std::string& fingerprint() const;  // SHA-256 of the certificate, 64 hexadecimal digits

  /// In DER.
  std::string seal(std::string_view content) const;

 private:
  struct Held;
  explicit CmsRecipient(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  std::shared_ptr<const Held> held_;
};

}  // namespace sparkgate
