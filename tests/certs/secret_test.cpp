#include "certs/secret.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "tests/certs/given_random.h"

namespace sparkgate {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, std::string>, "a string would not be overwritten");

TEST(SecretBytes, take_leaves_nothing_where_they_were) {
  std::string text = "correct horse battery staple";
  const size_t size = text.size();
  const SecretBytes secret = SecretBytes::take(std::move(text));
  EXPECT_EQ(secret.view(), "correct horse battery staple");
  EXPECT_EQ(text, std::string(size, '\0'));  // NOLINT: what is left is the point
}

TEST(SecretBytes, move_leaves_nothing_behind) {
  SecretBytes from = SecretBytes::copy_of({"a", "", "bc"});
  SecretBytes to(7);
  to = std::move(from);
  EXPECT_EQ(to.view(), "abc");
  EXPECT_EQ(from.size(), 0u);  // NOLINT
  EXPECT_EQ(to.part(1, 9), "bc");
}

TEST(SecretBytes, are_random_as_the_generator_says) {
  test::GivenRandom random(test::counting(1, 5));
  EXPECT_EQ(SecretBytes::random(3, random).view(), "\x01\x02\x03");
  EXPECT_FALSE(random.is_used_up());
}

}  // namespace
}  // namespace sparkgate
