#include "engine/base/utf8.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Utf8, is_what_rfc3629_says) {
  for (const std::string_view good : {"", "a", "\x7f", "\xc2\x80", "é", "中文", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
                                      "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, is_no_overlong_form_no_surrogate_and_nothing_cut_off) {
  for (const std::string_view bad :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc2", "\xe4\xb8", "\xf0\x9f\x98", "\xc2z",
        "\xe4z\xad", "ok\xfe"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace sparkgate
