#include "api/cookies.h"

#include <gtest/gtest.h>

namespace sparkgate::api {
namespace {

using Cookies = std::map<std::string, std::string>;

TEST(Cookies, reading_leaves_out_what_is_malformed) {
  EXPECT_EQ(parse_cookies("a=1; b=2;c="), (Cookies{{"a", "1"}, {"b", "2"}, {"c", ""}}));
  EXPECT_EQ(parse_cookies(""), Cookies{});
  EXPECT_EQ(parse_cookies("a; =1; ;; b=x y; c=\"q\"; d=1,2; e=ok="), (Cookies{{"e", "ok="}}));
}

TEST(Cookies, of_two_with_one_name_neither_is_taken) {
  EXPECT_EQ(parse_cookies("__Host-s=mine; a=1; __Host-s=theirs"), (Cookies{{"a", "1"}}));
  EXPECT_EQ(parse_cookies("s=1; s=1; s=1"), Cookies{});
}

TEST(Cookies, a_session_cookie_is_kept_from_scripts_and_other_sites) {
  EXPECT_EQ(session_cookie("__Host-s", "abc", seconds(60)),
            "__Host-s=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict");
}

}  // namespace
}  // namespace sparkgate::api
