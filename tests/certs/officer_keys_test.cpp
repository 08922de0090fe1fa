#include "certs/officer_keys.h"

#include <gtest/gtest.h>

#include "engine/base/digest.h"
#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"
#include "tests/support/test_keys.h"

namespace sparkgate {
namespace {

using test::counting;
using test::GivenRandom;

const OfficerContext k_context{"消防", "o1"};
constexpr std::string_view k_passphrase = "口令 passphrase";
constexpr std::string_view k_recovery = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZP";  // its check symbol by vectors.py

OfficerKeys keys() {
  GivenRandom random(counting(1, 64));
  return OfficerKeys::generate(random);
}

RecoveryKey recovery_key() { return RecoveryKey::parse(k_recovery).value(); }

std::string by_passphrase() {
  static const std::string k_wrapped = [] {  // once: it costs as much as it says
    GivenRandom random(counting(65, 48));
    return wrap_by_passphrase(keys(), k_context, k_passphrase, random);
  }();
  return k_wrapped;
}

std::string by_recovery_key() {
  GivenRandom random(counting(81, 32));
  return wrap_by_recovery_key(keys(), k_context, recovery_key(), random);
}

// "" or the two secrets.
std::string secrets(const std::optional<OfficerKeys>& keys) {
  return keys ? std::string(keys->reading.secret().view()).append(keys->signing.secret().view()) : "";
}

TEST(Ed25519Key, agrees_with_rfc8032) {
  const auto key = Ed25519Key::from_secret(from_hex(test::k_rfc8032_seed).value()).value();
  EXPECT_EQ(hex(key.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      hex(key.sign("")),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
      "be24655141438e7a100b");
  EXPECT_FALSE(Ed25519Key::from_secret(std::string(31, 'x')));
  EXPECT_FALSE(Ed25519Key::from_secret(std::string(64, 'x')));
}

TEST(Ed25519Key, signs_what_its_public_half_verifies) {
  const auto key = keys().signing;
  const auto half = PublicKey::from_raw(KeyType::ed25519, key.public_key()).value();
  EXPECT_TRUE(half.verify("动火", key.sign("动火")));
  EXPECT_FALSE(half.verify("动火 ", key.sign("动火")));
}

// By vectors.py.
TEST(OfficerKeys, agree_with_another_implementation) {
  EXPECT_EQ(hex(by_passphrase()),
            "4142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f70f97c"
            "f4a12f17d3bc5f72793305be80a12118789d96e63fc23e9311e7eb178d87a449ca16cbe9df42f601e7c01277259834f86595"
            "6cde578971194bb155747f6254135734211b6cf34f4ac02a57dce9cd000d9aca55c8122c9e84313ba117d9250da1b122bdf9"
            "cabb89f1e11ccef5820e");
  EXPECT_EQ(hex(by_recovery_key()),
            "5152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f7031f40781dd0e629c9709fc2312db06ac9b17"
            "3267635618ccbfe2a8a3a6074db25f4bcf4c4357c80bf84ec08e14368231797e1a7e7fc252b3152cff7e18a16d117bf81e30"
            "d04c021d9c1da32ec6b55f786e609e90a1e52931e411ee807fba2a337b4ded9ffb025bf1cb5f060f90859ca6");
}

TEST(OfficerKeys, are_given_back_by_passphrase_and_by_recovery_key) {
  EXPECT_EQ(secrets(unwrap_by_passphrase(by_passphrase(), k_context, k_passphrase)), counting(1, 64));
  const auto again = unwrap_by_recovery_key(by_recovery_key(), k_context, recovery_key());
  ASSERT_TRUE(again);
  EXPECT_EQ(secrets(again), counting(1, 64));
  EXPECT_EQ(again->reading.public_key(), keys().reading.public_key());
  EXPECT_EQ(again->signing.public_key(), keys().signing.public_key());
}

TEST(OfficerKeys, open_by_their_passphrase_alone) {
  for (const std::string_view wrong : {"", "口令 passphrase "}) {
    EXPECT_FALSE(unwrap_by_passphrase(by_passphrase(), k_context, wrong)) << wrong;
  }
  EXPECT_FALSE(unwrap_by_passphrase(by_passphrase(), {"消防", "o2"}, k_passphrase));
}

// Few of them: each costs as much again, and box_test.cpp flips all that is behind the salt.
TEST(OfficerKeys, no_altered_part_opens_by_passphrase) {
  for (const size_t at : {0u, 100u}) {  // salt, ciphertext
    std::string other = by_passphrase();
    other[at] ^= 1;
    EXPECT_FALSE(unwrap_by_passphrase(other, k_context, k_passphrase)) << at;
  }
  const std::string good = by_passphrase();
  for (const std::string& other :
       {std::string(), good.substr(1), good.substr(0, good.size() - 1), good + '\0', by_recovery_key()}) {
    EXPECT_FALSE(unwrap_by_passphrase(other, k_context, k_passphrase)) << other.size();
  }
}

TEST(OfficerKeys, no_altered_byte_opens_by_recovery_key) {
  for (const std::string& other : test::altered(by_recovery_key())) {
    EXPECT_FALSE(unwrap_by_recovery_key(other, k_context, recovery_key())) << hex(other);
  }
  EXPECT_FALSE(unwrap_by_recovery_key(by_recovery_key(), {"消防", "o2"}, recovery_key()));
  SystemRandom random;
  EXPECT_FALSE(unwrap_by_recovery_key(by_recovery_key(), k_context, RecoveryKey::generate(random)));
}

TEST(OfficerKeys, stay_the_same_under_another_passphrase) {
  SystemRandom random;
  EXPECT_FALSE(change_passphrase(by_passphrase(), k_context, "wrong", "another", random));
  const auto changed = change_passphrase(by_passphrase(), k_context, k_passphrase, "another", random);
  ASSERT_TRUE(changed);
  EXPECT_FALSE(unwrap_by_passphrase(*changed, k_context, k_passphrase));
  EXPECT_EQ(secrets(unwrap_by_passphrase(*changed, k_context, "another")), counting(1, 64));
  EXPECT_NE(changed->substr(0, 16), by_passphrase().substr(0, 16)) << "a salt of its own";
}

TEST(RecoveryKey, is_160_bits_read_as_it_is_printed) {
  GivenRandom random(counting(0, 32));
  const auto key = RecoveryKey::generate(random);
  EXPECT_EQ(key.text().view(), k_recovery);
  EXPECT_EQ(RecoveryKey::parse("o123 4567 89ab cdef ghjk mnpq rstv wxyz p").value().symbols(), key.symbols());
  EXPECT_FALSE(RecoveryKey::parse("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZQ"));
  EXPECT_FALSE(RecoveryKey::parse("0123-4567-89AB-CDEF-GHJKH")) << "a receipt code";
}

}  // namespace
}  // namespace sparkgate
