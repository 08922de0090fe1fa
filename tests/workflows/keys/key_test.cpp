#include "workflows/keys/key.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate::keys {
namespace {

std::string point() { return PrivateKey::generate(KeyType::p256).public_key().raw(); }

TEST(PersonKey, name_is_the_hash_of_kind_and_point) {
  const std::string raw = point();
  const auto key = read_key("p256", base64(raw));
  ASSERT_TRUE(key) << describe(key.error());
  EXPECT_EQ(key->kid, hex(sha256("p256\n" + raw)));
  EXPECT_NE(read_key("passkey", base64(raw))->kid, key->kid) << "a key signs in one way";
}

TEST(PersonKey, point_and_spki_of_a_browser_are_the_same_key) {
  const std::string raw = point();
  const std::string spki(
      "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00", 26);
  for (const char* kind : {"p256", "passkey"}) {
    const auto from_spki = read_key(kind, base64(spki + raw));
    ASSERT_TRUE(from_spki) << describe(from_spki.error());
    EXPECT_EQ(from_spki->kid, read_key(kind, base64(raw))->kid);
  }
}

TEST(PersonKey, whatever_is_no_key_of_the_kind_is_refused) {
  std::string off_the_curve = point();
  off_the_curve[40] = static_cast<char>(off_the_curve[40] ^ 1);
  const std::pair<const char*, std::string> rows[] = {
      {"p256", ""},
      {"p256", "no base64!"},
      {"p256", base64(off_the_curve)},
      {"p256", base64(point().substr(0, 64))},
      {"p256", base64(PrivateKey::generate(KeyType::sm2).public_key().raw())},
      {"sm2", base64(point())},
      {"ed25519", base64(PrivateKey::generate(KeyType::ed25519).public_key().raw())},
      {"rsa", base64(point())},
  };
  for (const auto& [kind, encoded] : rows) {
    const auto key = read_key(kind, encoded);
    ASSERT_FALSE(key) << kind << " " << encoded;
    EXPECT_EQ(key.error().code, Code::key_invalid);
  }
}

}  // namespace
}  // namespace sparkgate::keys
