#include "certs/kdf.h"

#include <gtest/gtest.h>

#include "certs/aead.h"
#include "tests/certs/given_random.h"

namespace sparkgate {
namespace {

using test::counting;

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }

// RFC 5869, appendix A.1 to A.3.
TEST(Hkdf, agrees_with_rfc5869) {
  struct Row {
    std::string secret, salt, info;
    const char* out;
  };
  const Row rows[] = {
      {std::string(22, '\x0b'), counting(0, 13), counting(0xf0, 10),
       "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
      {counting(0, 80), counting(0x60, 80), counting(0xb0, 80),
       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b"
       "8"
       "367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
      {std::string(22, '\x0b'), "", "",
       "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(hex(hkdf(row.secret, row.salt, row.info, std::string_view(row.out).size() / 2).view()), row.out);
  }
}

// RFC 4231, test cases 1, 2 and 6.
TEST(Hmac, agrees_with_rfc4231) {
  EXPECT_EQ(hex(hmac(std::string(20, '\x0b'), {"Hi There"})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac("Jefe", {"what do ya want ", "", "for nothing?"})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac(std::string(131, '\xaa'), {"Test Using Larger Than Block-Size Key - Hash Key First"})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// RFC 7914, section 12, its first 32 bytes; the second needs more memory than OpenSSL gives unasked.
TEST(Stretch, agrees_with_rfc7914) {
  EXPECT_EQ(hex(stretch("pleaseletmein", "SodiumChloride", {14, 8, 1}).view()),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
  EXPECT_EQ(hex(stretch("password", "NaCl", {10, 8, 16}).view()),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
}

TEST(Stretch, takes_the_memory_that_its_cost_needs) {
  EXPECT_EQ(stretch("p", "s", {17, 8, 1}).size(), 32u);  // 128 MiB
}

// McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13, 14 and 16.
TEST(Gcm, agrees_with_the_vectors_of_its_authors) {
  EXPECT_EQ(hex(gcm_seal(std::string(32, '\0'), std::string(12, '\0'), "", "")), "530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_EQ(hex(gcm_seal(std::string(32, '\0'), std::string(12, '\0'), "", std::string(16, '\0'))),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
  const std::string key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const std::string message = bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39");
  EXPECT_EQ(
      hex(gcm_seal(key, bytes("cafebabefacedbaddecaf888"), bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"), message)),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
      "0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
}

TEST(Gcm, takes_keys_and_ivs_of_one_size) {
  const std::string key(32, 'k'), iv(12, 'i');
  EXPECT_THROW(gcm_seal(key.substr(1), iv, "", "m"), std::invalid_argument);
  EXPECT_THROW(gcm_seal(key, iv + "i", "", "m"), std::invalid_argument);
  const std::string sealed = gcm_seal(key, iv, "a", "m");
  EXPECT_EQ(gcm_open(key, iv, "a", sealed).value().view(), "m");
  EXPECT_FALSE(gcm_open(key + "k", iv, "a", sealed));
  EXPECT_FALSE(gcm_open(key, iv.substr(1), "a", sealed));
  EXPECT_FALSE(gcm_open(key, iv, "a", "short"));
}

}  // namespace
}  // namespace sparkgate
