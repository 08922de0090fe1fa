#include "certs/webauthn.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/passkey.h"

namespace sparkgate {
namespace {

using test::AssertionParts;
using test::Passkey;

const Digest k_intent = sha256("{\"event\":\"approve\"}");
const AssertionPolicy k_policy{"permits.example.org", {"https://permits.example.org", "https://fire.example.org:8443"}};

AssertionParts good() { return {.challenge = base64url(bytes_of(k_intent))}; }

std::string reason_of(const Result<VerifiedAssertion>& result) {
  if (result) return "";
  EXPECT_EQ(result.error().code, Code::assertion_invalid);
  return result.error().details.value("/reason/en"_json_pointer, "");
}

class Webauthn : public testing::Test {
 protected:
  std::string judged(const AssertionParts& parts, const AssertionPolicy& policy = k_policy) const {
    return reason_of(verify_assertion(passkey_.sign(parts), passkey_.public_key(), k_intent, policy));
  }
  Passkey passkey_;
};

TEST_F(Webauthn, assertion_of_the_enrolled_key_is_accepted) {
  const auto result = verify_assertion(passkey_.sign(good()), passkey_.public_key(), k_intent, k_policy);
  ASSERT_TRUE(result) << describe(result.error());
  EXPECT_EQ(result->sign_count, 7u);
  EXPECT_TRUE(result->user_verified);
}

TEST_F(Webauthn, assertion_is_judged_member_by_member) {
  struct Row {
    const char* reason;
    std::function<void(AssertionParts&)> alter;
  };
  const Row rows[] = {
      {"", [](auto& p) { p.origin = "https://fire.example.org:8443"; }},
      {"", [](auto& p) { p.more_members = ",\"crossOrigin\":false,\"other\":[1]"; }},
      {"", [](auto& p) { p.flags = 0x05 | 0x80, p.extensions = "\xa0"; }},
      {"", [](auto& p) { p.flags = 0x05 | 0x08 | 0x10; }},
      {"its type is not webauthn.get", [](auto& p) { p.type = "webauthn.create"; }},
      {"its type is not webauthn.get", [](auto& p) { p.type = ""; }},
      {"it does not sign this action", [](auto& p) { p.challenge = base64url(bytes_of(sha256("other"))); }},
      {"it does not sign this action", [](auto& p) { p.challenge += "="; }},
      {"it does not sign this action", [](auto& p) { p.challenge = base64(bytes_of(k_intent)); }},
      {"it does not sign this action", [](auto& p) { p.challenge = ""; }},
      {"it was made on another site", [](auto& p) { p.origin = "https://permits.example.org.evil.example"; }},
      {"it was made on another site", [](auto& p) { p.origin = "http://permits.example.org"; }},
      {"it was made on another site", [](auto& p) { p.origin = "https://permits.example.org/"; }},
      {"it was made on another site", [](auto& p) { p.origin = ""; }},
      {"it was made in a frame of another site", [](auto& p) { p.more_members = ",\"crossOrigin\":true"; }},
      {"it was made in a frame of another site", [](auto& p) { p.more_members = ",\"crossOrigin\":\"false\""; }},
      {"it was made in a frame of another site",
       [](auto& p) { p.more_members = ",\"topOrigin\":\"https://x.example\""; }},
      {"clientDataJSON is no JSON object", [](auto& p) { p.more_members = ",\"type\":\"webauthn.get\""; }},
      {"clientDataJSON is no JSON object", [](auto& p) { p.more_members = ","; }},
      {"the passkey belongs to another domain", [](auto& p) { p.rp_id = "example.org"; }},
      {"nobody was present", [](auto& p) { p.flags = 0x04; }},
      {"the user was not verified (PIN or biometrics)", [](auto& p) { p.flags = 0x01; }},
      {"authenticatorData is malformed", [](auto& p) { p.flags = 0x05 | 0x80; }},  // extensions that are not there
      {"authenticatorData is malformed", [](auto& p) { p.extensions = "\xa0"; }},  // and such as nobody announced
      {"authenticatorData is malformed", [](auto& p) { p.flags = 0x05 | 0x40; }},  // attested data
      {"authenticatorData is malformed", [](auto& p) { p.flags = 0x05 | 0x10; }},  // backed up, yet not eligible
      {"it is too long", [](auto& p) { p.more_members = ",\"x\":\"" + std::string(8192, 'x') + "\""; }},
  };
  for (const Row& row : rows) {
    AssertionParts parts = good();
    row.alter(parts);
    EXPECT_EQ(judged(parts), row.reason) << parts.type << " " << parts.origin << " " << parts.more_members;
  }
}

TEST_F(Webauthn, presence_is_enough_where_the_policy_says_so) {
  AssertionPolicy policy = k_policy;
  policy.user_verification = false;
  AssertionParts parts = good();
  parts.flags = 0x01;
  EXPECT_EQ(judged(parts, policy), "");
  const auto result = verify_assertion(passkey_.sign(parts), passkey_.public_key(), k_intent, policy);
  EXPECT_FALSE(result->user_verified);
}

TEST_F(Webauthn, assertion_of_another_key_or_action_is_refused) {
  const Assertion assertion = passkey_.sign(good());
  EXPECT_EQ(reason_of(verify_assertion(assertion, Passkey().public_key(), k_intent, k_policy)),
            "the signature is wrong");
  EXPECT_EQ(reason_of(verify_assertion(assertion, passkey_.public_key(), sha256("other"), k_policy)),
            "it does not sign this action");
  const auto ed25519 = PrivateKey::generate(KeyType::ed25519).public_key();
  EXPECT_EQ(reason_of(verify_assertion(assertion, ed25519, k_intent, k_policy)), "the signature is wrong");
}

TEST_F(Webauthn, every_flipped_or_missing_byte_is_seen) {
  const Assertion whole = passkey_.sign(good());
  const auto refused = [&](const Assertion& assertion) {
    return !verify_assertion(assertion, passkey_.public_key(), k_intent, k_policy);
  };
  for (auto part : {&Assertion::authenticator_data, &Assertion::client_data_json, &Assertion::signature}) {
    for (size_t at = 0; at < (whole.*part).size(); ++at) {
      Assertion flipped = whole, cut = whole;
      (flipped.*part)[at] ^= static_cast<char>(1 << at % 8);
      (cut.*part).resize(at);
      EXPECT_TRUE(refused(flipped)) << at;
      EXPECT_TRUE(refused(cut)) << at;
    }
  }
}

}  // namespace
}  // namespace sparkgate
