// Each row of refusals.def was made by the product in some test of this run. ctest runs it last, after all others.
#include <gtest/gtest.h>

#include "engine/base/refusal.h"
#include "tests/support/reached.h"

namespace sparkgate {
namespace {

TEST(EveryRefusal, is_reached_by_a_test) {
  const test::Reached reached = test::reached_so_far();
  std::string missing;
  for (const RefusalRow& row : all_refusals()) {
    if (!reached.codes.contains(std::string(row.name))) missing += " " + std::string(row.name);
  }
  const auto all = static_cast<size_t>(testing::UnitTest::GetInstance()->total_test_count()) - 1;
  if (!missing.empty() && reached.tests.size() < all) {
    GTEST_SKIP() << "only " << reached.tests.size() << " of " << all << " tests ran; not reached so far:" << missing;
  }
  EXPECT_EQ(missing, "") << "write a test that makes the service refuse so";
}

}  // namespace
}  // namespace sparkgate
