#include "certs/x25519.h"

#include <gtest/gtest.h>

#include <utility>

#include "engine/base/digest.h"
#include "tests/certs/given_random.h"

namespace sparkgate {
namespace {

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }

X25519Key key_of(std::string_view digits) { return X25519Key::from_secret(bytes(digits)).value(); }

std::string agreed(std::string_view secret, std::string_view peer) {
  return hex(key_of(secret).agree(bytes(peer)).value().view());
}

// RFC 7748, section 5.2.
TEST(X25519, agrees_with_rfc7748) {
  EXPECT_EQ(agreed("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                   "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  EXPECT_EQ(agreed("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                   "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

// Section 5.2, the iterated test.
TEST(X25519, agrees_with_rfc7748_a_thousand_times) {
  std::string k = '\x09' + std::string(31, '\0'), u = k;
  for (int round = 1; round <= 1000; ++round) {
    const std::string next(X25519Key::from_secret(k).value().agree(u).value().view());
    u = std::exchange(k, next);
    if (round == 1) {
      EXPECT_EQ(hex(k), "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
    }
  }
  EXPECT_EQ(hex(k), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// Section 6.1.
TEST(X25519, two_agree_on_one_secret_as_in_rfc7748) {
  const auto alice = key_of("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  const auto bob = key_of("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  EXPECT_EQ(hex(alice.public_key()), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  EXPECT_EQ(hex(bob.public_key()), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  constexpr const char* k_shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  EXPECT_EQ(hex(alice.agree(bob.public_key()).value().view()), k_shared);
  EXPECT_EQ(hex(bob.agree(alice.public_key()).value().view()), k_shared);
}

// All of order 1, 2, 4 and 8 (https://cr.yp.to/ecdh.html), with their forms that are not reduced.
const char* const k_low_order[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

TEST(X25519, agrees_with_no_point_of_low_order) {
  test::GivenRandom random(test::counting(1, 64));
  const auto one = X25519Key::generate(random), two = X25519Key::generate(random);
  for (const char* digits : k_low_order) {
    std::string point = bytes(digits);
    for (const X25519Key* key : {&one, &two}) EXPECT_FALSE(key->agree(point)) << digits;
    EXPECT_FALSE(is_x25519_public(point)) << digits;
    point.back() |= '\x80';
    for (const X25519Key* key : {&one, &two}) EXPECT_FALSE(key->agree(point)) << digits << " with its last bit";
  }
}

TEST(X25519, public_keys_have_one_form) {
  const std::string good = key_of(std::string(64, '7')).public_key();
  EXPECT_TRUE(is_x25519_public(good));
  std::string masked = good;
  masked.back() |= '\x80';
  EXPECT_FALSE(is_x25519_public(masked)) << "the bit that is ignored";
  const std::string nines = bytes("f6" + std::string(60, 'f') + "7f");  // 9, the base point, plus the prime
  EXPECT_FALSE(is_x25519_public(nines));
  EXPECT_TRUE(is_x25519_public('\x09' + std::string(31, '\0')));
  EXPECT_TRUE(is_x25519_public(bytes("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
  for (const std::string& raw : {std::string(), good.substr(1), good + "x"}) EXPECT_FALSE(is_x25519_public(raw));
}

TEST(X25519, keys_of_another_length_are_none) {
  EXPECT_FALSE(X25519Key::from_secret(std::string(31, 'x')));
  EXPECT_FALSE(X25519Key::from_secret(std::string(33, 'x')));
  const auto key = key_of(std::string(64, '7'));
  EXPECT_FALSE(key.agree(key.public_key().substr(1)));
  EXPECT_FALSE(key.agree(key.public_key() + "x"));
}

TEST(X25519, generated_keys_are_what_the_generator_gave) {
  test::GivenRandom random(test::counting(1, 32));
  const auto key = X25519Key::generate(random);
  EXPECT_EQ(key.secret().view(), test::counting(1, 32));
  EXPECT_EQ(hex(key.public_key()), "07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c") << "vectors.py";
  EXPECT_EQ(key_id_of(key.public_key()), "b37e94006e5362427b7eb16266a4db28") << "vectors.py";
}

}  // namespace
}  // namespace sparkgate
