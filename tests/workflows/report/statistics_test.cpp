// Counts of reports that give nobody away.
#include "workflows/report/statistics.h"

#include <gtest/gtest.h>

#include "tests/support/intake_rig.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

std::string shown(const std::vector<int>& cells) {
  const auto hidden = report::hide_few(cells);
  if (!hidden) return "nothing";
  std::string out;
  for (const report::Shown& one : *hidden) out += (one ? std::to_string(*one) : "?") + " ";
  return out;
}

TEST(ReportStatistics, hide_what_is_few_and_so_much_more_that_it_cannot_be_worked_out) {
  struct Row {
    std::vector<int> cells;
    const char* shown;
  };
  const Row rows[] = {
      {{0, 0}, "0 0 "},
      {{5, 0, 7}, "5 0 7 "},
      {{4, 9, 7}, "? 9 ? "},         // 4 alone would follow from the sum
      {{4, 3, 9, 7}, "? ? 9 7 "},    // two that are 7 together
      {{1, 1, 9, 7}, "? ? 9 ? "},    // two that are 2 together are 1 each
      {{4, 0, 0}, "nothing"},        // nothing to hide it among
      {{1, 2, 0}, "nothing"},
      {{2, 3, 0}, "? ? 0 "},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(row.cells), row.shown) << testing::PrintToString(row.cells);
}

TEST(ReportStatistics, no_shown_table_tells_a_count_below_five) {
  int tables = 0;
  for (int a = 0; a < 12; ++a) {
    for (int b = 0; b < 12; ++b) {
      for (int c = 0; c < 12; ++c) {
        const std::vector<int> cells = {a, b, c};
        const auto shown = report::hide_few(cells);
        if (!shown) continue;
        ++tables;
        int hidden = 0, sum = 0;
        for (size_t i = 0; i < cells.size(); ++i) {
          const bool is_hidden = !(*shown)[i];
          hidden += is_hidden;
          sum += is_hidden ? cells[i] : 0;
          EXPECT_TRUE(is_hidden || cells[i] == 0 || cells[i] >= 5);
        }
        EXPECT_TRUE(hidden == 0 || (hidden >= 2 && sum >= 5)) << a << " " << b << " " << c;
      }
    }
  }
  EXPECT_GT(tables, 1000);
}

TEST(ReportStatistics, are_of_the_days_asked_for_and_of_what_the_officer_may_read) {
  IntakeRig rig;
  const auto file = [&](const char* category, int times) {
    for (int i = 0; i < times; ++i) rig.source.file({category, "", "一号车间", "", "无证焊接", {}}).value();
  };
  const std::string day = rig.intake.today();
  file("no_permit", 6), file("no_watch", 5);
  rig.clock.advance(hours(48));
  file("no_permit", 1);
  const auto counted = report::statistics(rig.intake, rig.officers[0].unlocked, day, day).value();
  ASSERT_TRUE(counted.is_shown);
  EXPECT_EQ(counted.all, 11);
  for (const auto& row : counted.by_category) {
    EXPECT_EQ(row.number, row.name == "no_permit" ? 6 : row.name == "no_watch" ? 5 : 0) << row.name;
  }
  EXPECT_FALSE(report::statistics(rig.intake, rig.officers[0].unlocked, rig.intake.today(), rig.intake.today())
                   .value()
                   .is_shown)
      << "one report";
}

}  // namespace
}  // namespace sparkgate
