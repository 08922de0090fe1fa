#include "engine/base/decimal.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Decimal, reads_the_one_spelling_of_a_number) {
  EXPECT_EQ(from_decimal("0"), 0u);
  EXPECT_EQ(from_decimal("10"), 10u);
  EXPECT_EQ(from_decimal("18446744073709551615"), UINT64_MAX);
  for (const char* text : {"", "00", "01", "-0", "+1", " 1", "1 ", "1\n", "1.0", "1e3", "0x1", "18446744073709551616",
                           "99999999999999999999999", "\xd9\xa1"}) {
    EXPECT_FALSE(from_decimal(text)) << text;
  }
}

}  // namespace
}  // namespace sparkgate
