// RFC 8785 against the vectors of its authors and numbers at the edges.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/digest.h"
#include "engine/base/json.h"

namespace sparkgate {
namespace {

const std::filesystem::path k_vectors = std::filesystem::path(SOURCE_DIR) / "../shared/vectors/jcs/testdata";

std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
  return text;
}

TEST(Canonical, writes_every_public_vector_byte_for_byte) {
  if (!std::filesystem::exists(k_vectors)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/jcs";
  for (const std::string name : {"arrays", "french", "structures", "unicode", "values", "weird"}) {
    const auto value = parse_json(content(k_vectors / "input" / (name + ".json")));
    ASSERT_TRUE(value) << name << ": " << describe(value.error());
    EXPECT_EQ(canonical(*value), content(k_vectors / "output" / (name + ".json"))) << name;
    EXPECT_EQ(hex(canonical(*value)), without_blanks(content(k_vectors / "outhex" / (name + ".txt")))) << name;
  }
}

struct Number {
  uint64_t bits;  // IEEE 754
  const char* text;
};

// RFC 8785, appendix B, and the samples of its authors' number file.
constexpr Number k_numbers[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4340000000000001, "9007199254740994"},
    {0x4340000000000002, "9007199254740996"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

TEST(Canonical, writes_numbers_as_ecmascript_does) {
  for (const auto& [bits, text] : k_numbers) EXPECT_EQ(canonical(Json(std::bit_cast<double>(bits))), text);
}

TEST(Canonical, numbers_read_back_as_the_same_number) {
  for (const auto& number : k_numbers) {
    const double value = std::bit_cast<double>(number.bits);
    EXPECT_EQ(Json::parse(canonical(Json(value))).get<double>(), value) << number.text;
  }
}

TEST(Canonical, sorts_members_by_utf16_units_not_by_code_points) {
  // U+1F600 is D83D DE00 in UTF-16, so it stands before U+FB33, which is the smaller code point.
  EXPECT_EQ(canonical(Json::parse(R"({"\ufb33":1,"\ud83d\ude00":2,"\u00f6":3,"1":4})")),
            "{\"1\":4,\"\u00f6\":3,\"\U0001F600\":2,\"\uFB33\":1}");
}

TEST(Canonical, escapes_what_must_be_and_nothing_else) {
  EXPECT_EQ(canonical(Json("\x01\b\t\n\f\r\x1f\"\\/\x7f\u4e2d")),
            "\"\\u0001\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\x7f\u4e2d\"");
}

}  // namespace
}  // namespace sparkgate
