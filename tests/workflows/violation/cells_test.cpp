// Every (state, event, role) cell of a violation's lifecycle against cells.txt.
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include "tests/support/inspection_desk.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;

TEST(ViolationCells, are_as_the_table_says) {
  const std::pair<const char*, Json> k_decisions[] = {
      {"", {}}, {"confirm", Json::object()}, {"dismiss", {{"reason", "证据不足"}}}};
  std::string table = test::cells_legend();
  for (const auto& [event, payload] : k_decisions) {
    Town town;
    InspectionDesk desk(town);
    const std::string inspection = desk.open(InspectionDesk::at_place());
    desk.record_all(inspection, {{"work_permitted", "fail"}});
    desk.conclude(inspection);
    const std::string id = desk.violations_of(inspection).at(0)->id;
    if (*event) EXPECT_TRUE(desk.send("enforcement", "violation", id, event, payload));
    const StateSpec* state = town.workflow("violation").description().state(town.state(id));
    table += "\n== " + state->name + " " + state->label.zh + "\n" + test::cells_of(town, id);
  }
  test::expect_golden("tests/workflows/violation/cells.txt", table);
}

}  // namespace
}  // namespace sparkgate
