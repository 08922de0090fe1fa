// SM2 over SM3 with a distinguishing identifier: npm's sm-crypto and we agree in both directions.
#include <gtest/gtest.h>

#include "certs/keys.h"
#include "engine/base/digest.h"
#include "tests/support/peers.h"

namespace sparkgate {
namespace {

constexpr const char* k_messages[] = {"", "message digest", "动火作业证", "permits.example.org/log/2026\n300\n"};
constexpr const char* k_ids[] = {"1234567812345678", "ALICE123@YAHOO.COM"};

class SmCrypto : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = test::missing_npm("sm-crypto"); !why.empty()) GTEST_SKIP() << why;
  }
};

TEST_F(SmCrypto, signs_what_we_verify) {
  std::vector<Json> asks;
  for (int round = 0; round < 6; ++round) {
    for (const char* message : k_messages) asks.push_back({{"sign", message}, {"id", k_ids[round % 2]}});
  }
  const auto answers = test::ask_node("sm2.js", asks);
  for (size_t i = 0; i < asks.size(); ++i) {
    const std::string point = from_hex(answers[i].at("public").get<std::string>()).value();
    const std::string signature = from_hex(answers[i].at("signature").get<std::string>()).value();
    const std::string message = asks[i].at("sign"), id = asks[i].at("id");
    const auto key = PublicKey::from_raw(KeyType::sm2, point, id);
    ASSERT_TRUE(key) << describe(key.error());
    EXPECT_TRUE(key->verify(message, signature)) << answers[i];
    EXPECT_FALSE(key->verify(message + "x", signature)) << answers[i];
    EXPECT_FALSE(PublicKey::from_raw(KeyType::sm2, point, id + "x")->verify(message, signature)) << answers[i];
  }
}

TEST_F(SmCrypto, verifies_what_we_sign) {
  std::vector<Json> asks, expected;
  for (int round = 0; round < 6; ++round) {
    const char* id = k_ids[round % 2];
    const auto key = PrivateKey::generate(KeyType::sm2, id);
    for (const char* message : k_messages) {
      const Json ask = {{"verify", message},
                        {"id", id},
                        {"public", hex(key.public_key().raw())},
                        {"signature", hex(key.sign(message).value())}};
      Json altered = ask, misnamed = ask;
      altered["verify"] = std::string(message) + "x";
      misnamed["id"] = "somebody else";
      asks.insert(asks.end(), {ask, altered, misnamed});
      expected.insert(expected.end(), {true, false, false});
    }
  }
  EXPECT_EQ(test::ask_node("sm2.js", asks), expected);
}

}  // namespace
}  // namespace sparkgate
