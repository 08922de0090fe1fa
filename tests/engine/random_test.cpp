#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace sparkgate {
namespace {

class Fixed final : public Random {
 public:
  explicit Fixed(char byte) : byte_(byte) {}
  std::string bytes(size_t count) override { return std::string(count, byte_); }

 private:
  const char byte_;
};

TEST(NewId, is_the_example_of_rfc9562) {
  class Example final : public Random {
    std::string bytes(size_t) override {
      return std::string("\0\0\0\0\0\0\x0C\xC3\x18\xC4\xDC\x0C\x0C\x07\x39\x8F", 16);
    }
  } random;
  EXPECT_EQ(new_id(Time(milliseconds(0x017F22E279B0)), random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(NewId, sorts_by_time_of_creation_whatever_the_random_part) {
  Fixed high('\xff'), low('\0');
  const Time at{milliseconds(1'786'000'000'000)};
  EXPECT_LT(new_id(at, high), new_id(at + milliseconds(1), low));
  EXPECT_LT(new_id(at, high), new_id(at + hours(24 * 365), low));
}

TEST(NewId, keeps_version_and_variant_over_any_random_bytes) {
  for (const char byte : {'\0', '\x5a', '\xff'}) {
    Fixed random(byte);
    const std::string id = new_id(Time{}, random);
    EXPECT_EQ(id.size(), 36u);
    EXPECT_EQ(id[14], '7') << id;
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
  }
}

TEST(SystemRandom, does_not_repeat_itself) {
  SystemRandom random;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_id(Time{}, random));
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(NewCode, has_only_letters_fit_to_be_read_aloud) {
  SystemRandom random;
  const std::string code = new_code(4096, random);
  EXPECT_EQ(code.size(), 4096u);
  EXPECT_EQ(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
  EXPECT_EQ(std::set<char>(code.begin(), code.end()).size(), 32u);
}

}  // namespace
}  // namespace sparkgate
