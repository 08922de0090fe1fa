#include "workflows/fsck/heads_watch.h"

#include <algorithm>

#include "engine/journal/logged.h"

namespace sparkgate::fsck {

HeadsWatch::HeadsWatch(Scan& scan, Report& report) : report_(report) {
  const auto logs = scan.reader().logs();
  ListQuery query;
  query.workflow = "log";
  query.limit = 1'000'000;
  for (const InstancePtr& log : scan.reader().list(query).items) {
    for (const auto& entry : scan.reader().entries(log->id)) read(entry, logs);
  }
}

void HeadsWatch::read(const journal::Entry& entry, const std::vector<StoredLog>& logs) {
  const auto logged = journal::read_entry(entry);
  if (!logged || logged->head.type != "record_heads" || logs.empty()) return;  // check_tree and Lives see what is amiss
  const Json& facts = logged->facts;
  const Json size = facts.value("at_size", Json()), slots = facts.value("slots", Json());
  const int64_t first = log_of(logs, entry.index).first;
  const int64_t at = size.is_number_integer() ? first + size.get<int64_t>() : -1;
  if (at < first || at > entry.index || !slots.is_number_integer()) {
    return report_.say(Fault::heads_differ, {{"index", entry.index}});
  }
  recorded_.emplace(at, Recorded{entry.index, slots.get<uint64_t>(), text_of(facts, "root")});
}

void HeadsWatch::entry(int64_t before, const SlotHead& head) {
  if (recorded_.empty()) return;
  compare(before);
  const auto slot = static_cast<uint64_t>(head.slot);
  if (head.slot < 0 || slot > heads_.size()) return;  // no dense number: check_tree goes on, and Lives say so
  if (slot == heads_.size()) {
    heads_.emplace_back();
    levels_[0].emplace_back();
  }
  heads_[slot] = head;
  changed_.push_back(slot);
}

void HeadsWatch::compare(int64_t entries) {
  while (!recorded_.empty() && recorded_.begin()->first <= entries) {
    const auto [at, recorded] = *recorded_.begin();
    recorded_.erase(recorded_.begin());
    if (at == entries && recorded.slots == heads_.size() && recorded.root == hex(root())) continue;
    report_.say(Fault::heads_differ, {{"index", recorded.index}});
  }
}

// Of the subtrees those alone are made again that a changed leaf stands in.
Digest HeadsWatch::root() {
  auto changed = std::exchange(changed_, {});
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  for (const uint64_t slot : changed) levels_[0][slot] = slot_leaf(heads_[slot]);
  for (size_t level = 1; !changed.empty(); ++level) {
    if (levels_.size() == level) levels_.emplace_back();
    levels_[level].resize(levels_[level - 1].size() / 2);
    std::vector<uint64_t> above;
    for (const uint64_t number : changed) {
      const uint64_t parent = number / 2;
      if (parent >= levels_[level].size() || (!above.empty() && above.back() == parent)) continue;
      levels_[level][parent] = journal::node_hash(levels_[level - 1][2 * parent], levels_[level - 1][2 * parent + 1]);
      above.push_back(parent);
    }
    changed = std::move(above);
  }
  return journal::root_of(heads_.size(), [&](int level, uint64_t number) { return levels_[level][number]; });
}

}  // namespace sparkgate::fsck
