#include "certs/padding.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Padding, texts_have_one_of_three_sizes) {
  struct Row {
    size_t text, padded;
  };
  for (const Row& row :
       {Row{0, 1024}, {1, 1024}, {1020, 1024}, {1021, 4096}, {4092, 4096}, {4093, 16384}, {16380, 16384}}) {
    const std::string text(row.text, 'x');
    const auto padded = pad_text(text);
    ASSERT_TRUE(padded) << row.text;
    EXPECT_EQ(padded->size(), row.padded) << row.text;
    EXPECT_EQ(unpad_text(padded->view()).value().view(), text) << row.text;
  }
  EXPECT_FALSE(pad_text(std::string(16381, 'x')));
  EXPECT_FALSE(pad_text(std::string(1'000'000, 'x')));
}

TEST(Padding, is_undone_exactly) {
  for (const std::string& text : {std::string("a\0\0", 3), std::string(5, '\0'), std::string("动火\n")}) {
    EXPECT_EQ(unpad_text(pad_text(text).value().view()).value().view(), text);
  }
  EXPECT_EQ(pad_text("ab").value().part(0, 7), std::string("\0\0\0\2ab\0", 7));
}

TEST(Padding, of_another_form_is_refused) {
  const std::string good(pad_text("ab").value().view());
  const auto with = [&](size_t at, char c) {
    std::string out = good;
    out[at] = c;
    return out;
  };
  ASSERT_TRUE(unpad_text(good));
  EXPECT_FALSE(unpad_text(""));
  EXPECT_FALSE(unpad_text(good.substr(1)));
  EXPECT_FALSE(unpad_text(good + '\0'));
  EXPECT_FALSE(unpad_text(good + std::string(3072, '\0'))) << "a smaller size holds it";
  EXPECT_FALSE(unpad_text(with(0, '\xff'))) << "beyond all sizes";
  EXPECT_FALSE(unpad_text(with(2, '\x10'))) << "4098 bytes in 1024";
  EXPECT_FALSE(unpad_text(with(3, '\1'))) << "a byte of text in the padding";
  EXPECT_FALSE(unpad_text(with(1023, '\1')));
  EXPECT_FALSE(unpad_text(with(6, '\1')));
}

// By the formula of its paper, in floating point.
TEST(Padme, agrees_with_its_paper) {
  struct Row {
    uint64_t bytes, padded;
  };
  const Row rows[] = {{0, 0},
                      {1, 1},
                      {2, 2},
                      {3, 3},
                      {8, 8},
                      {9, 10},
                      {15, 16},
                      {16, 16},
                      {17, 18},
                      {100, 104},
                      {1000, 1024},
                      {1025, 1088},
                      {4097, 4352},
                      {65535, 65536},
                      {65537, 67584},
                      {1000000, 1015808},
                      {26214400, 26214400},
                      {26214401, 26738688}};
  for (const Row& row : rows) EXPECT_EQ(padme(row.bytes), row.padded) << row.bytes;
  EXPECT_THROW(padme((uint64_t{1} << 62) + 1), std::invalid_argument);
}

TEST(Padme, adds_little_and_never_takes_away) {
  for (uint64_t bytes = 1, last = 0; bytes < 300'000; ++bytes) {
    const uint64_t padded = padme(bytes);
    ASSERT_GE(padded, bytes);
    ASSERT_LE(static_cast<double>(padded), static_cast<double>(bytes) * 1.12) << bytes;
    ASSERT_EQ(padme(padded), padded) << bytes << ": a padded size stays";
    ASSERT_GE(padded, last) << bytes;
    last = padded;
  }
}

}  // namespace
}  // namespace sparkgate
