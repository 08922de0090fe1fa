#include "engine/base/digest.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Sha256, agrees_with_fips_180) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, over_parts_is_over_their_sum) {
  EXPECT_EQ(sha256({"a", "", "bc"}), sha256("abc"));
  EXPECT_NE(sha256({"ab", "c", "d"}), sha256("abc"));
}

TEST(Hex, writes_two_small_digits_a_byte) { EXPECT_EQ(hex(std::string("\0\x0f\xa5\xff", 4)), "000fa5ff"); }

TEST(Hex, reads_pairs_of_digits_alone) {
  EXPECT_EQ(from_hex("000fA5ff"), std::string("\0\x0f\xa5\xff", 4));
  EXPECT_EQ(from_hex(""), "");
  for (const char* text : {"0", "0g", "g0", "0x", " 0", "0 ", "-1", "+1", "/0", ":0", "@0", "G0", "`0"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
}

TEST(Base64, agrees_with_rfc4648) {
  constexpr const char* k_rows[][2] = {{"", ""},
                                       {"f", "Zg=="},
                                       {"fo", "Zm8="},
                                       {"foo", "Zm9v"},
                                       {"foob", "Zm9vYg=="},
                                       {"fooba", "Zm9vYmE="},
                                       {"foobar", "Zm9vYmFy"},
                                       {"\xfb\xff\xbf", "+/+/"}};
  for (const auto& [bytes, text] : k_rows) EXPECT_EQ(base64(bytes), text);
  EXPECT_EQ(base64(std::string(3, '\0')), "AAAA");
  EXPECT_EQ(base64url("\xfb\xff\xbf"), "-_-_");
  EXPECT_EQ(base64url("f"), "Zg");
  for (const auto& [bytes, text] : k_rows) EXPECT_EQ(from_base64(text), bytes);
}

TEST(Base64, reads_nothing_but_what_it_writes) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", " Zg==", "Zg==\n", "Zg==Zg==", "Zm9v=", "====", "=",
                           "Zm-v", "Zm_v", "Z=9v", "Zm9v\n", "Zm\n9", "\xe4\xb8\xad="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  EXPECT_FALSE(from_base64(std::string_view("Zg==\0\0\0\0", 8)));
}

}  // namespace
}  // namespace sparkgate
