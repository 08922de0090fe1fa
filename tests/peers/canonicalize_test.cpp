// RFC 8785: npm's canonicalize and we write the same bytes.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <random>

#include "engine/base/json.h"
#include "tests/support/files.h"
#include "tests/support/peers.h"

namespace sparkgate {
namespace {

class Canonicalize : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = test::missing_npm("canonicalize"); !why.empty()) GTEST_SKIP() << why;
  }

  static void expect_agreement(const std::vector<Json>& values) {
    const auto theirs = test::ask_node("canonicalize.js", values);
    for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(canonical(values[i]), theirs[i]) << values[i];
  }
};

/// Values of every kind, strange ones first of all.
class Values {
 public:
  Json any(int depth = 0) {
    switch (below(depth < 3 ? 8 : 6)) {
      case 0:
        return nullptr;
      case 1:
        return below(2) == 0;
      case 2:
        return static_cast<int64_t>(random_() >> (11 + below(53))) * (below(2) ? 1 : -1);
      case 3:
        return finite();
      case 4:
        return short_decimal();
      case 5:
        return text();
      case 6:
        return array(depth);
      default:
        return object(depth);
    }
  }

 private:
  uint64_t below(uint64_t limit) { return random_() % limit; }

  double finite() {  // any bits that are a number
    for (;;) {
      const double value = std::bit_cast<double>(random_());
      if (std::isfinite(value)) return value;
    }
  }

  double short_decimal() {
    return static_cast<double>(below(2'000'000)) * std::pow(10.0, static_cast<double>(below(40)) - 20);
  }

  std::string text() {
    std::string out;
    for (auto length = below(12); length > 0; --length) out += character();
    return out;
  }

  std::string character() {
    constexpr uint32_t k_limits[] = {0x20, 0x80, 0x800, 0x10000, 0x110000};
    uint32_t point = static_cast<uint32_t>(below(k_limits[below(5)]));
    if (point == 0 || (point >= 0xD800 && point < 0xE000)) point = 0xFFFD;  // NUL and surrogates are refused
    if (point < 0x80) return {static_cast<char>(point)};
    std::string out;
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr int k_leads[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(k_leads[more] | point >> (6 * more));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (point >> (6 * i) & 0x3F));
    return out;
  }

  Json array(int depth) {
    Json out = Json::array();
    for (auto length = below(5); length > 0; --length) out.push_back(any(depth + 1));
    return out;
  }

  Json object(int depth) {
    Json out = Json::object();
    for (auto length = below(6); length > 0; --length) out[text()] = any(depth + 1);
    return out;
  }

  std::mt19937_64 random_{8785};
};

TEST_F(Canonicalize, agrees_on_the_public_vectors) {
  const std::filesystem::path vectors = SOURCE_DIR "/../shared/vectors/jcs/testdata/input";
  if (!std::filesystem::exists(vectors)) GTEST_SKIP() << "the public vectors are not at ../shared/vectors/jcs";
  std::vector<Json> values;
  for (const auto& file : std::filesystem::directory_iterator(vectors)) {
    values.push_back(parse_json(test::content_of(file)).value());
  }
  ASSERT_GE(values.size(), 6u);
  expect_agreement(values);
}

TEST_F(Canonicalize, agrees_on_generated_values) {
  Values values;
  std::vector<Json> made;
  for (int i = 0; i < 2000; ++i) made.push_back(values.any());
  expect_agreement(made);
}

}  // namespace
}  // namespace sparkgate
