// A person's public key as it is sent, and the name it goes by in the log.
#pragma once

#include "certs/keys.h"

namespace sparkgate::keys {

/// `kind` says how the key signs: "p256" (WebCrypto in a browser, ECDSA over SHA-256), "passkey" (WebAuthn, ES256) or
/// "sm2" (a token, SM2 over SM3).
struct PersonKey {
  std::string kind;
  PublicKey key;
  std::string kid;  // hex SHA-256 of the kind, a line end and the raw point
};

/// `encoded`: base64 of the uncompressed point (65 bytes); of P-256 also of its SubjectPublicKeyInfo (RFC 5480), as
/// exportKey("spki") and getPublicKey() give it. Refuses key_invalid.
Result<PersonKey> read_key(std::string_view kind, std::string_view encoded);

}  // namespace sparkgate::keys
