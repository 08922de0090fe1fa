#include "workflows/access.h"

#include <gtest/gtest.h>

#include "tests/support/fake_view.h"

namespace sparkgate {
namespace {

class Access : public testing::Test {
 protected:
  Access() {
    view.area("county", "");
    view.area("town", "county");
    view.area("village", "town");
    view.area("town2", "county");
  }
  test::FakeView view;
};

TEST_F(Access, covers_walks_up_the_area_tree) {
  struct Row {
    Grant grant;
    Scope scope;
    bool covered;
  };
  const Row rows[] = {
      {{"supervisor", "", ""}, {"", ""}, true},
      {{"supervisor", "", ""}, {"U1", "village"}, true},
      {{"supervisor", "", "county"}, {"U1", "village"}, true},
      {{"supervisor", "", "town"}, {"U1", "town"}, true},
      {{"supervisor", "", "village"}, {"U1", "town"}, false},
      {{"supervisor", "", "town2"}, {"U1", "village"}, false},
      {{"supervisor", "", "town"}, {"U1", ""}, false},
      {{"supervisor", "", "town"}, {"U1", "nowhere"}, false},
      {{"applicant", "U1", ""}, {"U1", "village"}, true},
      {{"applicant", "U1", ""}, {"U2", "village"}, false},
      {{"applicant", "U1", ""}, {"", ""}, false},
      {{"applicant", "U1", "town"}, {"U1", "village"}, true},
      {{"applicant", "U1", "town2"}, {"U1", "village"}, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(covers(row.grant, row.scope, view), row.covered)
        << row.grant.unit << "/" << row.grant.area << " over " << row.scope.unit << "/" << row.scope.area;
  }
}

TEST_F(Access, has_role_needs_role_and_place_in_one_grant) {
  Actor actor;
  actor.grants = {{"supervisor", "", "town"}, {"auditor", "", ""}};
  EXPECT_TRUE(has_role(actor, "supervisor", {"U1", "village"}, view));
  EXPECT_FALSE(has_role(actor, "supervisor", {"U1", "town2"}, view));
  EXPECT_TRUE(has_any_role(actor, {"admin", "auditor"}, {"U1", "town2"}, view));
  EXPECT_FALSE(has_role(system_actor(), "admin", {}, view));
}

TEST_F(Access, has_role_over_goes_by_the_areas_that_were_recorded) {
  const Json areas = area_chain("village", view);
  struct Row {
    Grant grant;
    bool holds;
  };
  const Row rows[] = {{{"inspector", "", "village"}, true}, {{"inspector", "", "county"}, true},
                      {{"inspector", "", ""}, true},        {{"inspector", "", "town2"}, false},
                      {{"auditor", "", "village"}, false},  {{"inspector", "U1", "village"}, false}};
  for (const Row& row : rows) {
    Actor actor;
    actor.grants = {row.grant};
    EXPECT_EQ(has_role_over(actor, "inspector", areas), row.holds) << row.grant.role << " " << row.grant.area;
  }
  EXPECT_EQ(notice_path(areas), "/county/town/village/");
}

TEST_F(Access, area_chain_ends_when_the_tree_is_a_circle) {
  view.area("a", "b");
  view.area("b", "a");
  EXPECT_EQ(area_chain("a", view).size(), 16u);
}

}  // namespace
}  // namespace sparkgate
