// Every (state, event, role) cell of the permit's lifecycle against cells.txt, a table that a fire officer can read.
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include "tests/support/permit_states.h"

namespace sparkgate {
namespace {

using test::Town;

TEST(PermitCells, are_as_the_table_says) {
  std::string table = test::cells_legend();
  Town town;
  for (const StateSpec& state : town.permits().description().states) {
    Town fresh;
    const std::string id = test::permit_in(fresh, state.name);
    EXPECT_EQ(fresh.state(id), state.name);
    table += "\n== " + state.name + " " + state.label.zh + "\n" + test::cells_of(fresh, id);
  }
  test::expect_golden("tests/workflows/hot_work_permit/cells.txt", table);
}

}  // namespace
}  // namespace sparkgate
