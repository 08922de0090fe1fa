#include "certs/box.h"

#include <gtest/gtest.h>

#include "certs/aead.h"
#include "certs/kdf.h"
#include "engine/base/digest.h"
#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"

namespace sparkgate {
namespace {

using test::counting;
using test::GivenRandom;

const BoxKey k_key{"a secret of the test", "salt", "info"};

TEST(Box, opens_as_it_was_closed_and_in_no_other_way) {
  const std::string box = close_box(k_key, "aad", "message");
  EXPECT_EQ(box.size(), 7 + k_box_overhead_bytes);
  EXPECT_EQ(open_box(k_key, "aad", box).value().view(), "message");
  EXPECT_FALSE(open_box({"a secret of the tesT", "salt", "info"}, "aad", box));
  EXPECT_FALSE(open_box({k_key.secret, "sal", "tinfo"}, "aad", box));
  EXPECT_FALSE(open_box({k_key.secret, "salt", "inf"}, "aad", box));
  EXPECT_FALSE(open_box(k_key, "aae", box));
  EXPECT_FALSE(open_box(k_key, "", box));
}

TEST(Box, no_altered_byte_opens) {
  for (const std::string& box : test::altered(close_box(k_key, "aad", "message"))) {
    EXPECT_FALSE(open_box(k_key, "aad", box)) << hex(box);
  }
}

TEST(Box, of_nothing_opens_to_nothing) {
  const std::string box = close_box(k_key, "", "");
  EXPECT_EQ(box.size(), k_box_overhead_bytes);
  EXPECT_EQ(open_box(k_key, "", box).value().size(), 0u);
  EXPECT_FALSE(open_box(k_key, "", box.substr(1)));
}

// What GCM alone lets through: a right tag under a key to which nobody has committed.
TEST(Box, with_a_right_tag_under_another_commitment_stays_closed) {
  const SecretBytes derived = hkdf(k_key.secret, k_key.salt, k_key.info, 76);
  const std::string sealed = gcm_seal(derived.part(0, 32), derived.part(32, 12), "aad", "message");
  EXPECT_TRUE(open_box(k_key, "aad", std::string(derived.part(44, 32)) + sealed));
  EXPECT_FALSE(open_box(k_key, "aad", std::string(32, '\0') + sealed));
}

// By vectors.py.
TEST(Wrap, agrees_with_another_implementation) {
  GivenRandom random(counting(33, 32));
  const std::string wrapped = wrap(counting(1, 32), "p", "aad", "wrapped", random);
  EXPECT_EQ(
      hex(wrapped),
      "2122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40fc5bcc33022109d5c2de0c547424b0aed591c8d451ac"
      "f03a3e5818a67ffeeecb50e9d8cd9cd578f108057ccd6fd15942bf5d50b41b0a87");
  EXPECT_EQ(unwrap(counting(1, 32), "p", "aad", wrapped).value().view(), "wrapped");
  EXPECT_TRUE(random.is_used_up());
}

TEST(Wrap, of_one_message_twice_has_nothing_in_common) {
  SystemRandom random;
  const std::string one = wrap("key", "p", "", "message", random), two = wrap("key", "p", "", "message", random);
  EXPECT_NE(one.substr(0, 32), two.substr(0, 32));
  EXPECT_NE(one.substr(64), two.substr(64));
}

TEST(Wrap, no_altered_byte_opens) {
  SystemRandom random;
  const std::string wrapped = wrap("key", "p", "aad", "message", random);
  ASSERT_TRUE(unwrap("key", "p", "aad", wrapped));
  EXPECT_FALSE(unwrap("key", "q", "aad", wrapped));
  EXPECT_FALSE(unwrap("kez", "p", "aad", wrapped));
  EXPECT_FALSE(unwrap("key", "p", "aae", wrapped));
  for (const std::string& other : test::altered(wrapped)) EXPECT_FALSE(unwrap("key", "p", "aad", other)) << hex(other);
}

}  // namespace
}  // namespace sparkgate
