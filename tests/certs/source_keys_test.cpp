#include "certs/source_keys.h"

#include <gtest/gtest.h>

#include "tests/certs/altered.h"

namespace sparkgate {
namespace {

ReceiptCode code() { return ReceiptCode::parse("0123-4567-89AB-CDEF-GHJKH").value(); }
ReceiptCode other_code() { return ReceiptCode::parse("1123-4567-89AB-CDEF-GHJKP").value(); }
SourceKeys keys() { return SourceKeys::derive(code(), "tenant's salt"); }

// By vectors.py.
TEST(SourceKeys, agree_with_another_implementation) {
  EXPECT_EQ(hex(keys().lookup("pepper")), "f7f49e010254b00161900a9bacf4f4eca5a6eea3aa7d314819d20c861fe3885c");
  EXPECT_EQ(hex(keys().reading().public_key()), "783d25e777db7245ec22cb449b9080cbcdee51a9d81c84b41e89c586ba902a29");
  EXPECT_EQ(hex(source_mark(keys().auth_key(), "aad", "message")),
            "ae9c590ddf0f36506acb5f00b3035083f7858544b938b8bbe6b8778a599ee2dc");
}

TEST(SourceKeys, are_the_same_however_the_code_is_typed) {
  const auto again = SourceKeys::derive(ReceiptCode::parse("ol23 4567 89ab cdef ghjk h").value(), "tenant's salt");
  EXPECT_EQ(again.lookup("pepper"), keys().lookup("pepper"));
  EXPECT_EQ(again.reading().secret().view(), keys().reading().secret().view());
  EXPECT_EQ(again.auth_key().view(), keys().auth_key().view());
}

TEST(SourceKeys, differ_by_code_tenant_and_pepper) {
  const auto by_code = SourceKeys::derive(other_code(), "tenant's salt"), by_salt = SourceKeys::derive(code(), "salt");
  for (const SourceKeys* other : {&by_code, &by_salt}) {
    EXPECT_NE(other->lookup("pepper"), keys().lookup("pepper"));
    EXPECT_NE(other->auth_key().view(), keys().auth_key().view());
    EXPECT_NE(other->reading().public_key(), keys().reading().public_key());
  }
  EXPECT_NE(keys().lookup("another pepper"), keys().lookup("pepper"));
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
