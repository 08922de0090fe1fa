// A person's key as a browser, an authenticator or a token holds it: enrols and signs what a client would.
#pragma once

#include "certs/webauthn.h"
#include "engine/base/json.h"
#include "tests/support/passkey.h"

namespace sparkgate::test {

/// Where the passkeys of tests may be used.
extern const AssertionPolicy k_passkeys;

class SigningKey {
 public:
  /// "p256", "passkey" or "sm2".
  explicit SigningKey(std::string kind = "p256");

  const std::string& kid() const { return kid_; }
  /// The payload that enrols it for the person.
  Json enrolment(const std::string& person, const std::string& label = "手机") const;
  /// The member `signed` for that text. `der`: in DER where r‖s is the rule.
  Json sign(const std::string& intent, bool der = false) const;

 private:
  std::string kind_;
  PrivateKey key_;
  Passkey passkey_;
  std::string kid_;
};

/// r‖s of a signature in DER, as WebCrypto gives it.
std::string raw_signature(std::string_view der);

}  // namespace sparkgate::test
