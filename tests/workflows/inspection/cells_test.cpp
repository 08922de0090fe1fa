// Every (state, event, role) cell of an inspection's lifecycle against cells.txt; the inspection is the grid worker's.
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include "tests/support/inspection_desk.h"
#include "tests/support/permit_states.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;

struct Stage {
  const char* title;
  std::function<std::string(InspectionDesk&, const std::string& permit)> make;  // the inspection's id
};

const Stage k_stages[] = {
    {"Referred 待检查", [](auto& desk, const auto& permit) { return desk.refer({{"permit", permit}}); }},
    {"Open 检查中", [](auto& desk, const auto& permit) { return desk.open(desk.at_permit(permit)); }},
    {"Open, every item has its result 检查中，结果齐全",
     [](auto& desk, const auto& permit) {
       const std::string id = desk.open(desk.at_permit(permit));
       desk.record_all(id);
       return id;
     }},
    {"Open, the work is stopped 检查中，已停工",
     [](auto& desk, const auto& permit) {
       const std::string id = desk.open(desk.at_permit(permit));
       desk.must("grid_worker", id, "stop_work", {{"reason", "无人监护"}});
       return id;
     }},
    {"Open, where nobody has a permit 检查中，无证作业",
     [](auto& desk, const auto&) { return desk.open(desk.at_place()); }},
    {"Concluded 已结论",
     [](auto& desk, const auto& permit) {
       const std::string id = desk.open(desk.at_permit(permit));
       desk.record_all(id);
       desk.conclude(id);
       return id;
     }},
    {"Withdrawn 已撤销",
     [](auto& desk, const auto& permit) {
       const std::string id = desk.open(desk.at_permit(permit));
       desk.must("grid_worker", id, "withdraw", {{"reason", "扫错了码"}});
       return id;
     }},
};

TEST(InspectionCells, are_as_the_table_says) {
  std::string table = test::cells_legend();
  for (const Stage& stage : k_stages) {
    Town town;
    InspectionDesk desk(town);
    const std::string id = stage.make(desk, test::permit_in(town, "InProgress"));
    table += std::string("\n== ") + stage.title + "\n" + test::cells_of(town, id);
  }
  test::expect_golden("tests/workflows/inspection/cells.txt", table);
}

}  // namespace
}  // namespace sparkgate
