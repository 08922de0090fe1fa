#include "workflows/fsck/rows.h"

namespace sparkgate::fsck {
namespace {

bool is_true(const TellingRow& row) {
  const auto entry = parse_json(row.bytes);
  if (!entry || !entry->is_object() || text_of(*entry, "instance") != row.instance) return false;
  if (row.event && text_of(*entry, "type") != *row.event) return false;
  return !row.leaf || *row.leaf == hex(journal::leaf_hash(row.bytes));
}

}  // namespace

void check_rows(Scan& scan, Report& report) {
  for (const auto& [table, count] : scan.strays()) {
    report.say(Fault::row_without_owner, {{"table", table}, {"count", count}});
  }
  const int64_t instances = scan.count_instances();
  if (scan.highest_slot() + 1 != instances) {
    report.say(Fault::slots_not_dense, {{"needed", scan.highest_slot() + 1}, {"actual", instances}});
  }
  const auto check = [&](const TellingRow& row) {
    if (!is_true(row)) report.say(Fault::row_untrue, {{"name", row.name}, {"index", row.index}});
  };
  scan.answers(check);
  scan.notices(check);
  scan.follow_ups(check);
  scan.documents([&](const std::string& digest, std::string_view bytes) {
    if (hex(sha256(bytes)) != digest) report.say(Fault::document_differs, {{"digest", digest}});
  });
}

void check_learned(Scan& scan, const Learned& learned, Report& report) {
  std::map<std::string, int64_t> stored;
  for (const auto& [name, value] : scan.counters()) stored[name] = value;
  auto needed = learned.counters;
  for (const auto& [name, value] : stored) needed.emplace(name, 0);
  for (const auto& [name, value] : needed) {
    if (stored[name] == value) continue;
    report.say(Fault::counter_differs, {{"name", name}, {"needed", value}, {"actual", stored[name]}});
  }
  std::set<std::string> documents;
  scan.documents([&](const std::string& digest, std::string_view) { documents.insert(digest); });
  for (const std::string& digest : learned.packs) {
    if (!documents.contains(digest)) report.say(Fault::document_missing, {{"digest", digest}});
  }
}

}  // namespace sparkgate::fsck
