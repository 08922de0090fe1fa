#include "workflows/report/statistics.h"

#include <algorithm>
#include <numeric>

#include "workflows/report/events.h"
#include "workflows/report/filing.h"

namespace sparkgate::report {
namespace {

bool is_few(int count) { return count > 0 && count < k_fewest; }

// A table as it is counted.
struct Table {
  std::vector<Counted> rows;
  std::vector<int> cells;

  void add_row(std::string_view name, const Text& label) {
    rows.push_back({name, label, {}});
    cells.push_back(0);
  }
  void count(std::string_view name) {
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const Counted& row) { return row.name == name; });
    if (at != rows.end()) ++cells[at - rows.begin()];
  }
  bool show() {
    const auto shown = hide_few(cells);
    if (!shown) return false;
    for (size_t i = 0; i < rows.size(); ++i) rows[i].number = (*shown)[i];
    return true;
  }
};

Table categories_table() {
  Table table;
  for (const CategoryRow& row : categories()) table.add_row(row.code, row.label);
  return table;
}

Table states_table() {
  Table table;
  for (const StateRow& row : states()) table.add_row(row.name, row.label);
  return table;
}

constexpr std::string_view k_in_time = "in_time", k_late = "late";

Table clocks_table() {
  Table table;
  table.add_row(k_in_time, {"按期", "In time"});
  table.add_row(k_late, {"曾逾期", "Late at some time"});
  return table;
}

}  // namespace

std::optional<std::vector<Shown>> hide_few(const std::vector<int>& cells) {
  std::vector<Shown> shown(cells.begin(), cells.end());
  int hidden = 0, sum = 0;
  const auto hide = [&](size_t i) { shown[i].reset(), ++hidden, sum += cells[i]; };
  for (size_t i = 0; i < cells.size(); ++i) {
    if (is_few(cells[i])) hide(i);
  }
  if (hidden == 0) return shown;
  std::vector<size_t> others;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] >= k_fewest) others.push_back(i);
  }
  std::sort(others.begin(), others.end(), [&](size_t a, size_t b) { return cells[a] < cells[b]; });
  for (size_t i : others) {
    if (hidden > 1 && sum >= k_fewest) break;
    hide(i);
  }
  if (hidden < 2 || sum < k_fewest) return std::nullopt;
  return shown;
}

Result<Statistics> statistics(const Intake& intake, const Unlocked& officer, const std::string& from,
                              const std::string& until) {
  const auto access = OfficerAccess::admit(intake, officer);
  if (!access) return tl::make_unexpected(access.error());
  Table by_category = categories_table(), by_state = states_table(), by_clock = clocks_table();
  const SigningKeys keys = intake.rosters.signing_keys();
  Statistics out;
  intake.store.read([&](IntakeReader& reader) {
    for (const Opened& opened : access->all(reader)) {
      const StoredReport& report = opened.report;
      if (report.received < from || report.received > until) continue;
      int unproven = 0;
      const auto said = opened.thread.read(reader.items(report.id), keys, unproven);
      if (said.empty() || said.front().sequence != 0) continue;  // not the source's words: nothing to count
      ++out.all;
      by_category.count(text_of(said.front().content, "category"));
      by_state.count(report.state);
      by_clock.count(History::of(reader, report.id).has("escalate") ? k_late : k_in_time);
    }
  });
  out.is_shown = by_category.show() && by_state.show() && by_clock.show();
  out.by_category = std::move(by_category.rows);
  out.by_state = std::move(by_state.rows);
  out.by_clock = std::move(by_clock.rows);
  return out;
}

}  // namespace sparkgate::report
