// What a service refuses of its witnesses' and authorities' options before it starts.
#include "admin/anchor_options.h"

#include <gtest/gtest.h>

namespace sparkgate::admin {
namespace {

std::string refusal_of(const AnchorOptions& options) {
  const auto read = anchoring_options(options);
  return read ? "" : std::string(refusal_row(read.error().code).name);
}

TEST(AnchorOptions, of_nobody_are_good) { EXPECT_EQ(refusal_of({}), ""); }

TEST(AnchorOptions, never_ask_for_more_cosignatures_than_there_are_witnesses) {
  AnchorOptions options;
  options.needed = 1;
  EXPECT_EQ(refusal_of(options), "option_invalid");
}

TEST(AnchorOptions, require_no_cosignatures_of_nobody) {
  AnchorOptions options;
  options.policy = "require";
  EXPECT_EQ(refusal_of(options), "option_invalid");
}

}  // namespace
}  // namespace sparkgate::admin
