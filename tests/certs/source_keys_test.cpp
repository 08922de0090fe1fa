#include "certs/source_keys.h"

#include <gtest/gtest.h>

#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"

namespace sparkgate {
namespace {

using test::counting;
using test::GivenRandom;

const SealContext k_context{"消防", "r1", "source"};

ReceiptCode code() { return ReceiptCode::parse("0123-4567-89AB-CDEF-GHJKH").value(); }
ReceiptCode other_code() { return ReceiptCode::parse("1123-4567-89AB-CDEF-GHJKP").value(); }
SourceKeys keys() { return SourceKeys::derive(code(), "tenant's salt"); }

SecretBytes secret() { return SecretBytes::take(counting(1, 32)); }

std::string wrapped() {
  GivenRandom random(counting(33, 32));
  return keys().wrap_secret(k_context, secret(), random);
}

// By vectors.py.
TEST(SourceKeys, agree_with_another_implementation) {
  EXPECT_EQ(hex(keys().lookup("pepper")), "f7f49e010254b00161900a9bacf4f4eca5a6eea3aa7d314819d20c861fe3885c");
  EXPECT_EQ(
      hex(wrapped()),
      "2122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40ce2ec2a9bc0fef8182bc773cd72d91f056df30637d66"
      "ba2422bf22a6e479c875f1b673b39e8f224787c1ff0b7426ff4e3c5289fb3d1f29cf869349c2cc7f2a518fe8a9ceba1026bbc5f71a0a"
      "763b15a7");
  EXPECT_EQ(hex(source_mark(keys().auth_key(), "aad", "message")),
            "ae9c590ddf0f36506acb5f00b3035083f7858544b938b8bbe6b8778a599ee2dc");
}

TEST(SourceKeys, are_the_same_however_the_code_is_typed) {
  const auto again = SourceKeys::derive(ReceiptCode::parse("ol23 4567 89ab cdef ghjk h").value(), "tenant's salt");
  EXPECT_EQ(again.lookup("pepper"), keys().lookup("pepper"));
  EXPECT_EQ(again.auth_key().view(), keys().auth_key().view());
}

TEST(SourceKeys, differ_by_code_tenant_and_pepper) {
  const auto by_code = SourceKeys::derive(other_code(), "tenant's salt"), by_salt = SourceKeys::derive(code(), "salt");
  for (const SourceKeys* other : {&by_code, &by_salt}) {
    EXPECT_NE(other->lookup("pepper"), keys().lookup("pepper"));
    EXPECT_NE(other->auth_key().view(), keys().auth_key().view());
    EXPECT_FALSE(other->unwrap_secret(k_context, wrapped()));
  }
  EXPECT_NE(keys().lookup("another pepper"), keys().lookup("pepper"));
}

TEST(SourceKeys, give_the_secret_back_in_its_report_alone) {
  EXPECT_EQ(keys().unwrap_secret(k_context, wrapped()).value().view(), secret().view());
  for (const SealContext& other : {SealContext{"消防", "r2", "source"},
                                   {"消防二", "r1", "source"},
                                   {"消防", "r1", "file"},
                                   {"r1", "消防", "source"}}) {
    EXPECT_FALSE(keys().unwrap_secret(other, wrapped())) << other.tenant << " " << other.report;
  }
}

TEST(SourceKeys, no_altered_byte_opens) {
  for (const std::string& other : test::altered(wrapped())) {
    EXPECT_FALSE(keys().unwrap_secret(k_context, other)) << hex(other);
  }
}

TEST(SourceMark, is_of_one_message_in_its_place) {
  const SourceKeys own = keys(), others = SourceKeys::derive(other_code(), "tenant's salt");
  const std::string mark(bytes_of(source_mark(own.auth_key(), "aad", "message")));
  EXPECT_TRUE(is_source_mark(mark, own.auth_key(), "aad", "message"));
  EXPECT_FALSE(is_source_mark(mark, others.auth_key(), "aad", "message"));
  EXPECT_FALSE(is_source_mark(mark, own.auth_key(), "aad", "message "));
  EXPECT_FALSE(is_source_mark(mark, own.auth_key(), "aadm", "essage")) << "where the one ends is told";
  EXPECT_FALSE(is_source_mark(mark, own.auth_key(), "", "aadmessage"));
  for (const std::string& other : test::altered(mark)) {
    EXPECT_FALSE(is_source_mark(other, own.auth_key(), "aad", "message")) << hex(other);
  }
}

}  // namespace
}  // namespace sparkgate
