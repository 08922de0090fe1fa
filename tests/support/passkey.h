// An authenticator in software: makes the assertions that a browser would hand over, also wrong ones.
#pragma once

#include <string>

#include "certs/webauthn.h"

namespace sparkgate::test {

/// What one assertion is made of; a test alters what it is about.
struct AssertionParts {
  std::string type = "webauthn.get";
  std::string challenge;  // base64url
  std::string origin = "https://permits.example.org";
  std::string more_members = "";  // ",\"crossOrigin\":false"
  std::string rp_id = "permits.example.org";
  uint8_t flags = 0x05;  // user present and verified
  uint32_t sign_count = 7;
  std::string extensions = "";  // CBOR
};

class Passkey {
 public:
  const PublicKey& public_key() const { return key_.public_key(); }
  Assertion sign(const AssertionParts& parts) const;

 private:
  PrivateKey key_ = PrivateKey::generate(KeyType::p256);
};

}  // namespace sparkgate::test
