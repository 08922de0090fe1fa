// Signs documents for others to check with their own tools: CMS in DER with a certificate, as PAdES embeds it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate {

/// Immutable; safe to share between threads.
class DocumentSigner {
 public:
  /// `key`: a PKCS#8 PEM file as of PrivateKey::load, RSA (2048 bits at least) or P-256. `certificates`: a PEM file,
  /// the signer's own first, then those that vouch for it. Refuses key_unreadable, key_exposed, file_unreadable, and
  /// key_invalid, also when the certificate is of another key.
  static Result<DocumentSigner> load(const std::filesystem::path& key, const std::filesystem::path& certificates);

  /// A detached CAdES signature over the two parts, one after the other. Refuses signing_failed.
  Result<std::string> sign(std::string_view first, std::string_view second) const;

  /// The certificate's common name.
  const std::string& name() const;

 private:
  struct Held;
  explicit DocumentSigner(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  std::shared_ptr<const Held> held_;
};

}  // namespace sparkgate
