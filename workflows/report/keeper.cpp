#include "workflows/report/keeper.h"

#include <algorithm>
#include <numeric>

#include "engine/base/json.h"
#include "engine/journal/entry.h"
#include "engine/journal/merkle.h"
#include "workflows/report/cleaned.h"
#include "workflows/report/history.h"

namespace sparkgate::report {
namespace {

constexpr size_t k_least_leaves = 64;
constexpr hours k_left_alone(3);  // an upload may last two
constexpr std::string_view k_unfinished = ".new";
constexpr size_t k_leaf_bytes = sizeof(Digest);

bool is_marked(const History& history, std::string_view clock) {
  const auto& steps = history.steps();
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return step.event == "escalate" && text_of(step.about, "clock") == clock;
  });
}

// One clock that ran out and was not marked.
std::string overdue_clock(IntakeReader& reader, const StoredReport& report, const Intake& intake) {
  const History history = History::of(reader, report.id);
  for (const ClockRow& clock : clocks()) {
    const bool is_overdue = clock.runs_in(report.state) && clock.day(report, intake.works_on) < intake.today();
    if (is_overdue && !is_marked(history, clock.name)) return std::string(clock.name);
  }
  return "";
}

std::string shuffled(std::vector<std::string> leaves, Random& random) {
  size_t size = k_least_leaves;
  while (size < leaves.size()) size *= 2;
  while (leaves.size() < size) leaves.push_back(random.bytes(k_leaf_bytes));
  for (size_t i = leaves.size() - 1; i > 0; --i) std::swap(leaves[i], leaves[below(i + 1, random)]);
  return std::accumulate(leaves.begin(), leaves.end(), std::string());
}

// The first time nothing is known of days before.
std::string closed_until(IntakeWriter& writer, const std::string& yesterday) {
  const std::string day = writer.setting(k_closed_setting);
  if (!day.empty()) return day;
  const auto days = writer.days_with_leaves();
  return days_after(days.empty() ? yesterday : std::min(days.front(), yesterday), -1);
}

}  // namespace

int escalate_overdue(Intake& intake) {
  int marked = 0;
  intake.store.write([&](IntakeWriter& writer) {
    for (StoredReport report : writer.reports_due(days_after(intake.today(), -1))) {
      const std::string clock = overdue_clock(writer, report, intake);
      if (clock.empty()) continue;
      if (take_step(writer, report, "escalate", "system", intake, {{"clock", clock}})) ++marked;
    }
  });
  return marked;
}

int count_overdue(IntakeReader& reader, const Intake& intake) {
  return static_cast<int>(reader.reports_due(days_after(intake.today(), -1)).size());
}

int erase_expired(Intake& intake) {
  std::vector<StoredReport> expired;
  intake.store.read([&](IntakeReader& reader) { expired = reader.reports_expired(intake.today()); });
  for (const StoredReport& report : expired) {
    std::vector<StoredItem> items;
    intake.store.write([&](IntakeWriter& writer) {
      items = writer.items(report.id);
      writer.erase_report(report.id);
    });
    for (const StoredItem& item : items) {
      if (!item.file.empty()) remove_file(intake.files, item.file);
    }
  }
  return static_cast<int>(expired.size());
}

int sweep_files(Intake& intake) {
  std::vector<std::string> names;
  intake.files.each_name([&](const std::string& name) { names.push_back(name); });
  const Time before = intake.clock.wall() - k_left_alone;
  std::erase_if(names, [&](const std::string& name) {
    const auto written = intake.files.written(name);
    return !written || *written > before;
  });
  intake.store.read([&](IntakeReader& reader) {
    std::erase_if(names, [&](const std::string& name) {
      return !name.ends_with(k_unfinished) && reader.names_file(name.substr(0, name.find('.')));
    });
  });
  for (const std::string& name : names) intake.files.remove(name);
  return static_cast<int>(names.size());
}

Digest root_of_day(std::string_view leaves) {
  std::vector<Digest> level;
  for (size_t at = 0; at < leaves.size(); at += k_leaf_bytes) {
    level.push_back(journal::leaf_hash(leaves.substr(at, k_leaf_bytes)));
  }
  while (level.size() > 1) {
    for (size_t i = 0; i < level.size() / 2; ++i) level[i] = journal::node_hash(level[2 * i], level[2 * i + 1]);
    level.resize(level.size() / 2);
  }
  return level.empty() ? Digest{} : level.front();
}

void close_days(Intake& intake) {
  const std::string yesterday = days_after(intake.today(), -1);
  intake.store.write([&](IntakeWriter& writer) {
    const std::string before = closed_until(writer, yesterday);
    for (std::string day = days_after(before, 1); day <= yesterday; day = days_after(day, 1)) {
      const std::string leaves = shuffled(writer.leaves(day), intake.random);
      writer.add(StoredDay{day, root_of_day(leaves), leaves});
      writer.put_setting(k_closed_setting, day);
    }
  });
}

}  // namespace sparkgate::report
