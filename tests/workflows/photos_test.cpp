#include "workflows/photos.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

TEST(Photos, are_found_at_any_depth_and_what_is_no_text_is_passed_over) {
  const Json holder = {{"photo", "one"},
                       {"photos", {"two", 3, "four"}},
                       {"note", "photo"},
                       {"refused", {{"payload", {{"photo", "five"}}}}},
                       {"findings", {{"watch_present", {{"photos", {"six"}}}}}},
                       {"rows", {{{"photo", "seven"}}, {{"photo", nullptr}}}}};
  auto found = photos_in(holder);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{"five", "four", "one", "seven", "six", "two"}));
  for (const Json& none : {Json(), Json("photo"), Json::array(), Json::object()}) EXPECT_TRUE(photos_in(none).empty());
}

}  // namespace
}  // namespace sparkgate
