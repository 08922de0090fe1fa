#include "certs/password.h"

#include <gtest/gtest.h>

#include "certs/token.h"

namespace sparkgate {
namespace {

TEST(Password, verifier_accepts_its_password_alone) {
  SystemRandom random;
  const std::string verifier = password_verifier("正确的马电池订书钉", random);
  EXPECT_EQ(verifier.substr(0, 22), "$scrypt$ln=15,r=8,p=1$");
  EXPECT_TRUE(verify_password("正确的马电池订书钉", verifier));
  EXPECT_FALSE(verify_password("正确的马电池订书", verifier));
  EXPECT_FALSE(verify_password("", verifier));
  EXPECT_NE(verifier, password_verifier("正确的马电池订书钉", random)) << "two salts are alike";
}

// RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 bytes.
TEST(Password, verifier_of_another_cost_is_understood) {
  const std::string verifier = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";
  EXPECT_TRUE(verify_password("pleaseletmein", verifier));
  EXPECT_FALSE(verify_password("pleaseletmeout", verifier));
}

TEST(Password, broken_verifiers_say_no) {
  for (const char* broken : {"", "$", "$scrypt$", "$scrypt$ln=15,r=8,p=1$", "$scrypt$ln=15,r=8,p=1$AAAA",
                             "$scrypt$ln=99,r=8,p=1$AAAA$AAAA", "$scrypt$ln=15,r=8,p=1$AA!A$AAAA", "plain"}) {
    EXPECT_FALSE(verify_password("plain", broken)) << broken;
  }
}

TEST(Password, check_refuses_what_is_guessed_first) {
  struct Row {
    const char* password;
    const char* login;
    bool good;
  };
  const Row rows[] = {{"123456789", "li", false},        {"1234567890", "li", false},   {"Password123", "li", false},
                      {"aaaaaaaaaaaa", "li", false},     {"liming2024", "liming", false}, {"一二三四五六七八九", "li", false},
                      {"一二三四五六七八九十", "li", true}, {"gravel tin opera", "li", true}, {"", "li", false}};
  for (const Row& row : rows) EXPECT_EQ(check_password(row.password, row.login).has_value(), row.good) << row.password;
  EXPECT_FALSE(check_password(std::string(257, 'x') + "y", "li"));
}

TEST(Token, is_256_bits_and_compared_whole) {
  SystemRandom random;
  const std::string token = new_token(random);
  EXPECT_EQ(token.size(), 64u);
  EXPECT_NE(token, new_token(random));
  EXPECT_TRUE(constant_time_equal(token, token));
  EXPECT_FALSE(constant_time_equal(token, token.substr(1)));
  EXPECT_FALSE(constant_time_equal("a", "b"));
}

}  // namespace
}  // namespace sparkgate
