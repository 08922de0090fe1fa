#include "tests/support/signing_key.h"

#include "workflows/keys/key.h"

namespace sparkgate::test {

const AssertionPolicy k_passkeys = {"permits.example.org", {"https://permits.example.org"}};

SigningKey::SigningKey(std::string kind)
    : kind_(std::move(kind)), key_(PrivateKey::generate(kind_ == "sm2" ? KeyType::sm2 : KeyType::p256)) {
  const Json payload = enrolment("");
  kid_ = keys::read_key(kind_, text_of(payload, "public_key")).value().kid;
}

Json SigningKey::enrolment(const std::string& person, const std::string& label) const {
  const PublicKey& key = kind_ == "passkey" ? passkey_.public_key() : key_.public_key();
  Json out = {{"person", person}, {"kind", kind_}, {"public_key", base64(key.raw())}, {"label", label}};
  if (kind_ == "passkey") out["credential"] = "Y3JlZGVudGlhbA";
  return out;
}

Json SigningKey::sign(const std::string& intent, bool der) const {
  if (kind_ == "passkey") {
    const Assertion made = passkey_.sign({.challenge = base64url(bytes_of(sha256(intent)))});
    return {{"intent", intent},
            {"signature", base64(made.signature)},
            {"authenticator_data", base64(made.authenticator_data)},
            {"client_data", base64(made.client_data_json)}};
  }
  const std::string signature = key_.sign(intent).value();
  const bool is_raw = kind_ == "p256" && !der;
  return {{"intent", intent}, {"signature", base64(is_raw ? raw_signature(signature) : signature)}};
}

// SEQUENCE { INTEGER r, INTEGER s }, each with its least number of bytes.
std::string raw_signature(std::string_view der) {
  std::string out;
  size_t at = 2;
  for (int number = 0; number < 2; ++number) {
    const size_t length = static_cast<unsigned char>(der.at(at + 1));
    std::string bytes(der.substr(at + 2, length));
    if (bytes.size() > 32) bytes.erase(0, bytes.size() - 32);
    out += std::string(32 - bytes.size(), '\0') + bytes;
    at += 2 + length;
  }
  return out;
}

}  // namespace sparkgate::test
