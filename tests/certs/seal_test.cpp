#include "certs/seal.h"

#include <gtest/gtest.h>

#include "certs/box.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"
#include "tests/support/fake_clock.h"

namespace sparkgate {
namespace {

using test::counting;
using test::GivenRandom;
using test::SeededRandom;

const SealContext k_context{"消防", "r1", "report"};

X25519Key recipient() { return X25519Key::from_secret(counting(1, 32)).value(); }

std::string sealed_by(Random& random, std::string_view message = "sealed") {
  return seal(recipient().public_key(), k_context, message, random).value();
}

// By vectors.py.
TEST(Seal, agrees_with_another_implementation) {
  GivenRandom random(counting(101, 32));
  const std::string sealed = sealed_by(random);
  EXPECT_EQ(
      hex(sealed),
      "5714769d116bf76436ae74bc793d2c30ad1903c59ac5273805c7e2698b410c3638556d93c9444e6d736cf14be9175b8cf6a7826633d3"
      "6c03c2d6932172b33c1d74ed68320d231cdf325631e6b62f1d707d4801023164");
  EXPECT_EQ(open_sealed(recipient(), k_context, sealed).value().view(), "sealed");
  EXPECT_TRUE(random.is_used_up());
}

TEST(Seal, opens_to_what_was_sealed_whatever_its_size) {
  SystemRandom random;
  for (const size_t size : {0, 1, 16, 32, 65536, 1'000'000}) {
    const std::string message = random.bytes(size), sealed = sealed_by(random, message);
    EXPECT_EQ(sealed.size(), size + k_seal_overhead_bytes);
    EXPECT_EQ(open_sealed(recipient(), k_context, sealed).value().view(), message) << size;
  }
}

TEST(Seal, no_altered_byte_opens) {
  SeededRandom random;
  for (const std::string& sealed : test::altered(sealed_by(random))) {
    EXPECT_FALSE(open_sealed(recipient(), k_context, sealed)) << hex(sealed);
  }
}

TEST(Seal, opens_for_its_recipient_alone) {
  SeededRandom random;
  const std::string sealed = sealed_by(random);
  for (size_t bit = 3; bit < 254; ++bit) {  // those that clamping leaves
    std::string secret = counting(1, 32);
    secret[bit / 8] ^= static_cast<char>(1 << bit % 8);
    EXPECT_FALSE(open_sealed(X25519Key::from_secret(secret).value(), k_context, sealed)) << "bit " << bit;
  }
}

TEST(Seal, opens_in_its_context_alone) {
  SeededRandom random;
  const std::string sealed = sealed_by(random);
  const SealContext others[] = {{"消防", "r2", "report"}, {"消防二", "r1", "report"},   {"消防", "r1", "file"},
                                {"消防", "r1", ""},       {"r1", "消防", "report"},     {"消防", "report", "r1"},
                                {"", "消防r1", "report"}, {"消防", "r1\",\"", "report"}};
  for (const SealContext& other : others) {
    EXPECT_FALSE(open_sealed(recipient(), other, sealed))
        << other.tenant << " " << other.report << " " << other.purpose;
  }
}

TEST(Seal, of_one_message_twice_has_nothing_in_common) {
  SystemRandom random;
  const std::string one = sealed_by(random), two = sealed_by(random);
  EXPECT_NE(one.substr(0, 32), two.substr(0, 32));
  EXPECT_NE(one.substr(32, 32), two.substr(32, 32));
  EXPECT_NE(one.substr(64), two.substr(64));
}

TEST(Seal, is_not_made_to_a_key_that_cannot_open_it) {
  SeededRandom random;
  const std::string good = recipient().public_key();
  std::string masked = good;
  masked.back() |= '\x80';
  for (const std::string& key : {std::string(), good.substr(1), good + "x", std::string(32, '\0'), masked}) {
    EXPECT_FALSE(seal(key, k_context, "m", random)) << hex(key);
  }
}

// With an ephemeral key of low order anybody knows the shared secret: it is zero.
TEST(Seal, by_a_key_of_low_order_stays_closed) {
  const std::string pk = recipient().public_key(), zero(32, '\0');
  const auto sealed_by_anybody = [&](const std::string& epk) {
    const std::string aad = canonical(
        {{"purpose", "report"}, {"recipient", key_id_of(pk)}, {"report", "r1"}, {"tenant", "消防"}, {"version", 1}});
    const std::string salt = epk + pk;
    return epk + close_box({zero, salt, "wb/seal/v1report"}, aad, "forged");
  };
  for (const char first : {'\0', '\1'}) {
    const std::string epk = first + std::string(31, '\0');
    EXPECT_FALSE(open_sealed(recipient(), k_context, sealed_by_anybody(epk)));
  }
}

TEST(Seal, opens_nothing_that_chance_made) {
  SeededRandom random(7);
  const std::string good = sealed_by(random);
  for (int round = 0; round < 3000; ++round) {
    const std::string dice = random.bytes(4);
    std::string bytes = random.bytes(static_cast<unsigned char>(dice[0]));
    if (round % 2) {
      bytes = good;
      const size_t at = static_cast<unsigned char>(dice[1]) % good.size();
      bytes.replace(at, static_cast<unsigned char>(dice[2]) % 9, random.bytes(static_cast<unsigned char>(dice[3]) % 9));
    }
    EXPECT_EQ(open_sealed(recipient(), k_context, bytes).has_value(), bytes == good) << hex(bytes);
  }
}

}  // namespace
}  // namespace sparkgate
