#include "workflows/fsck/lives.h"

#include <algorithm>

#include "workflows/fsck/cached_view.h"
#include "workflows/fsck/life.h"

namespace sparkgate::fsck {
namespace {

// When the log's last entry was made: what was due by then may have been done with.
Time last_time(Reader& reader, const std::vector<StoredLog>& logs) {
  if (logs.empty() || logs.back().size == 0) return {};
  const int64_t until = logs.back().first + static_cast<int64_t>(logs.back().size);
  const auto bytes = reader.entry_bytes(until - 1, until);
  const auto json = parse_json(bytes.empty() ? "" : bytes.front());
  return json ? parse_time(text_of(*json, "at")).value_or(Time{}) : Time{};
}

std::vector<LinkRow> links_of(const std::string& workflow, const Index& index) {
  std::vector<LinkRow> out;
  for (const auto& [kind, ref] : index.links) out.push_back({workflow, kind, ref});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void Learned::add(const Learned& other) {
  for (const auto& [name, value] : other.counters) {
    int64_t& highest = counters[name];
    highest = std::max(highest, value);
  }
  packs.insert(other.packs.begin(), other.packs.end());
}

struct Lives::Parts {
  Parts(Scan& all, const Registry& known, Report& to)
      : scan(all),
        registry(known),
        report(to),
        view(all.reader()),
        logs(all.reader().logs()),
        last(last_time(all.reader(), logs)) {}
  void compare(const InstanceRow& row, const Instance& replayed);
  bool timers_fit(const InstanceRow& row, const std::vector<Timer>& expected);

  Scan& scan;
  const Registry& registry;
  Report& report;
  CachedView view;
  const std::vector<StoredLog> logs;
  const Time last;
  Learned learned;
};

Lives::Lives(Scan& scan, const Registry& registry, Report& report)
    : parts_(std::make_unique<Parts>(scan, registry, report)) {}
Lives::~Lives() = default;
const Learned& Lives::learned() const { return parts_->learned; }

void Lives::check(int64_t slot) {
  const auto row = parts_->scan.instance(slot);
  if (!row) return parts_->report.say(Fault::instance_missing, {{"slot", slot}});
  Life life(*row, parts_->registry, parts_->logs, parts_->learned, parts_->report);
  parts_->scan.entries_of(slot, [&](const EntryRow& entry) { life.entry(entry); });
  const auto replayed = life.end();
  if (replayed) parts_->compare(*row, *replayed);
}

void Lives::Parts::compare(const InstanceRow& row, const Instance& replayed) {
  const Workflow& workflow = *registry.find(row.workflow);
  const Index index = workflow.index(replayed, view);
  const std::pair<const char*, bool> k_members[] = {
      {"state", row.state == replayed.state},
      {"version", row.version == replayed.version},
      {"head", row.head == bytes_of(replayed.head)},
      {"at", row.at == replayed.at},
      {"data", row.data == canonical(replayed.data)},
      {"personal", row.personal == canonical(replayed.personal)},
      {"area", row.area == index.area},
      {"unit", row.unit == index.unit},
      {"starts", row.starts == index.starts},
      {"ends", row.ends == index.ends},
      {"links", row.links == links_of(row.workflow, index)},
      {"timers", timers_fit(row, workflow.timers(replayed))},
  };
  for (const auto& [member, fits] : k_members) {
    if (!fits) report.say(Fault::instance_differs, {{"instance", row.id}, {"member", member}});
  }
}

// Each that is stored follows from the entries. One that is not has been done with: it was due, or it was refused.
bool Lives::Parts::timers_fit(const InstanceRow& row, const std::vector<Timer>& expected) {
  const auto holds = [](const std::vector<Timer>& list, const Timer& timer) {
    return std::find(list.begin(), list.end(), timer) != list.end();
  };
  const bool all_follow =
      std::all_of(row.timers.begin(), row.timers.end(), [&](const Timer& t) { return holds(expected, t); });
  return all_follow && std::all_of(expected.begin(), expected.end(), [&](const Timer& timer) {
           return holds(row.timers, timer) || timer.due <= last || scan.was_refused(row.id, timer);
         });
}

}  // namespace sparkgate::fsck
