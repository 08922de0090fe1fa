#include "certs/content.h"

#include <gtest/gtest.h>

#include "certs/padding.h"
#include "tests/certs/altered.h"
#include "tests/certs/given_random.h"
#include "tests/certs/places.h"

namespace sparkgate {
namespace {

const SecretBytes k_key = SecretBytes::take(test::counting(1, 32));

std::string sealed() { return seal_text(k_key, test::a_place(), "动火").value(); }

// By vectors.py.
TEST(Content, agrees_with_another_implementation) {
  EXPECT_EQ(hex(sha256(sealed())), "f3068f8fce6b83a05f42861f33a89b6b49f403490364bc58acda1959d6cd7f8a");
  EXPECT_EQ(open_text(k_key, test::a_place(), sealed()).value().view(), "动火");
}

TEST(Content, tells_nothing_of_a_text_but_which_of_three_sizes) {
  for (const size_t size : {0, 1, 1000}) {
    EXPECT_EQ(seal_text(k_key, test::a_place(), std::string(size, 'x')).value().size(), sealed().size());
  }
  const std::string longest(k_max_text_bytes, 'x');
  EXPECT_EQ(open_text(k_key, test::a_place(), seal_text(k_key, test::a_place(), longest).value()).value().view(),
            longest);
  EXPECT_FALSE(seal_text(k_key, test::a_place(), longest + "x"));
}

TEST(Content, no_altered_byte_opens) {
  const std::string good = sealed();
  for (size_t at = 0; at < good.size(); ++at) {
    std::string other = good;
    other[at] ^= 1;
    EXPECT_FALSE(open_text(k_key, test::a_place(), other)) << at;
    EXPECT_FALSE(open_text(k_key, test::a_place(), good.substr(0, at))) << at;
  }
  EXPECT_FALSE(open_text(k_key, test::a_place(), good + '\0'));
}

TEST(Content, opens_in_its_place_and_under_its_key_alone) {
  for (const ContentPlace& other : test::other_places()) {
    EXPECT_FALSE(open_text(k_key, other, sealed())) << content_aad(other, "text");
  }
  EXPECT_FALSE(open_text(SecretBytes::take(test::counting(2, 32)), test::a_place(), sealed()));
}

}  // namespace
}  // namespace sparkgate
