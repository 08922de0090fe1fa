// Key pairs of the service and of people: Ed25519, P-256 and SM2; from files, tokens (PKCS#11) or raw bytes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate {

enum class KeyType { ed25519, p256, sm2 };
std::string_view name_of(KeyType type);  // "ed25519", "p256", "sm2"

/// The SM2 distinguishing identifier of GM/T 0009. OpenSSL's own default is empty: it is always set.
inline constexpr std::string_view k_default_sm2_id = "1234567812345678";

class PublicKey {
 public:
  /// `raw`: 32 bytes for Ed25519, the uncompressed point (04‖x‖y, 65 bytes) for P-256 and SM2. Refuses key_invalid.
  static Result<PublicKey> from_raw(KeyType type, std::string_view raw, std::string_view sm2_id = k_default_sm2_id);
  /// DER of a SubjectPublicKeyInfo (RFC 5480) with an uncompressed P-256 point: what a browser's `getPublicKey()` and
  /// `exportKey("spki")` give for ES256. Refuses key_invalid.
  static Result<PublicKey> from_spki(std::string_view der);
  KeyType type() const;
  const std::string& raw() const;
  /// Ed25519: 64 bytes (RFC 8032). P-256 over SHA-256 and SM2 over SM3: DER (r, s). False for whatever is not that.
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  struct Held;
  explicit PublicKey(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  std::shared_ptr<const Held> held_;
  friend class PrivateKey;
};

/// A raw P-256 or SM2 signature r‖s (64 bytes, as WebCrypto makes it) in DER; "" for another length.
std::string der_signature(std::string_view raw);

/// Immutable; safe to share between threads.
class PrivateKey {
 public:
  static PrivateKey generate(KeyType type, std::string_view sm2_id = k_default_sm2_id);
  /// A PKCS#8 PEM file that its owner alone may read (mode 0600 or stricter), or a "pkcs11:…" URI (RFC 7512; the PIN
  /// by pin-source or pin-value). Refuses key_unreadable, key_exposed (others may read the file) and key_invalid.
  static Result<PrivateKey> load(const std::string& where, std::string_view sm2_id = k_default_sm2_id);
  /// Writes a new file with mode 0600. Refuses file_unwritable, also when the file exists or the
  /// key stays in a token.
  Result<void> save(const std::filesystem::path& file) const;
  const PublicKey& public_key() const;
  /// As PublicKey::verify takes it; Ed25519 is deterministic. Refuses signing_failed: a token may be gone.
  Result<std::string> sign(std::string_view message) const;

 private:
  struct Held;
  explicit PrivateKey(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  static Result<PrivateKey> from_file(const std::string& file, std::string_view sm2_id);
  static Result<PrivateKey> from_token(const std::string& uri);
  bool signs_for_its_public_key() const;
  std::shared_ptr<const Held> held_;
};

}  // namespace sparkgate
