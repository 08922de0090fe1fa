#include "workflows/report/keeper.h"

#include <algorithm>
#include <numeric>

#include "engine/base/json.h"
#include "engine/journal/entry.h"
#include "engine/journal/merkle.h"
#include "workflows/report/events.h"

namespace sparkgate::report {
namespace {

constexpr size_t k_least_leaves = 64;
constexpr size_t k_leaf_bytes = sizeof(Digest);

// One clock that ran out and was not marked.
std::string overdue_clock(IntakeReader& reader, const StoredReport& report, const Intake& intake) {
  for (const ClockRow& clock : clocks()) {
    const auto& states = clock.runs_in;
    if (std::find(states.begin(), states.end(), report.state) == states.end()) continue;
    if (day_of_clock(clock, report, intake.works_on) >= intake.today()) continue;
    const auto steps = reader.steps(report.id);
    const bool is_marked = std::any_of(steps.begin(), steps.end(), [&](const StoredStep& step) {
      const Json json = parse_json(step.text).value();
      return text_of(json, "event") == "escalate" && text_of(json.at("about"), "clock") == clock.name;
    });
    if (!is_marked) return std::string(clock.name);
  }
  return "";
}

uint64_t below(uint64_t limit, Random& random) {
  const std::string bytes = random.bytes(8);
  const uint64_t number = std::accumulate(bytes.begin(), bytes.end(), uint64_t{0}, [](uint64_t sum, char c) {
    return sum << 8 | static_cast<unsigned char>(c);
  });
  return number % limit;  // a bias of 2^-50 tells nothing
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

int erase_expired(Intake& intake) {
  std::vector<StoredReport> expired;
  intake.store.read([&](IntakeReader& reader) { expired = reader.reports_expired(intake.today()); });
  const BlobFolder files(intake.files);
  for (const StoredReport& report : expired) {
    std::vector<StoredItem> items;
    intake.store.write([&](IntakeWriter& writer) {
      items = writer.items(report.id);
      writer.erase_report(report.id);
    });
    for (const StoredItem& item : items) {
      if (!item.file.empty()) files.remove(item.file);
    }
  }
  return static_cast<int>(expired.size());
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
