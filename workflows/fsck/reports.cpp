#include "workflows/fsck/reports.h"

#include <set>

#include "workflows/report/keeper.h"
#include "workflows/report/rosters.h"

namespace sparkgate::fsck {
namespace {

void check_items(const std::vector<StoredItem>& items, const StoredReport& of, Report& report) {
  const auto broken = [&] { report.say(Fault::report_items_differ, {{"report", of.id}}); };
  Digest last{};
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].sequence != static_cast<int64_t>(i)) return broken();
    last = sha256(items[i].body);
  }
  if (static_cast<int64_t>(items.size()) != of.items || last != of.last_item) broken();
}

// 32 bytes each: the hashes of all steps that were ever taken, of closed days and of open ones.
using Leaves = std::set<std::string, std::less<>>;

Leaves leaves_of(IntakeReader& reader) {
  Leaves out;
  for (const StoredDay& day : reader.days()) {
    for (size_t at = 0; at < day.leaves.size(); at += sizeof(Digest)) out.insert(day.leaves.substr(at, sizeof(Digest)));
  }
  for (const std::string& day : reader.days_with_leaves()) {
    for (std::string& leaf : reader.leaves(day)) out.insert(std::move(leaf));
  }
  return out;
}

void check_steps(const std::vector<StoredStep>& steps, const StoredReport& of, const Leaves& leaves, Report& report) {
  const auto broken = [&] { report.say(Fault::report_steps_differ, {{"report", of.id}}); };
  for (size_t i = 0; i < steps.size(); ++i) {
    const bool was_taken = leaves.contains(bytes_of(sha256(steps[i].text)));
    if (steps[i].sequence != static_cast<int64_t>(i) || !was_taken) return broken();
  }
  const auto last = steps.empty() ? std::nullopt : std::optional(parse_json(steps.back().text));
  const bool agrees = last && *last && text_of(**last, "state") == of.state;
  if (static_cast<int64_t>(steps.size()) != of.version || !agrees) broken();
}

void check_files(const std::vector<StoredItem>& items, const BlobFolder& files, Report& report) {
  for (const StoredItem& item : items) {
    if (!item.file.empty() && !files.written(item.file)) report.say(Fault::report_file_missing, {{"name", item.file}});
  }
}

void check_roster(const StoredRoster& stored, const PublicKey& lead, const std::string& tenant, Report& report) {
  const auto roster = report::roster_as_issued(stored, lead, tenant);
  if (!roster || static_cast<int64_t>(roster->epoch) != stored.epoch) {
    report.say(Fault::roster_unverified, {{"epoch", stored.epoch}});
  }
}

void check_days(IntakeReader& reader, const ToldDays& told, Report& report) {
  std::map<std::string, std::string> here;
  for (const StoredDay& day : reader.days()) {
    const std::string root = hex(report::root_of_day(day.leaves));
    here[day.day] = root;
    if (root != hex(day.root)) report.say(Fault::reports_day_differs, {{"day", day.day}});
  }
  for (const auto& [day, root] : told) {
    const auto at = here.find(day);
    if (at == here.end() || at->second != root) report.say(Fault::reports_day_untold, {{"day", day}});
  }
}

}  // namespace

ToldDays told_days(Reader& reader) {
  ToldDays out;
  ListQuery query;
  query.workflow = "log";
  query.limit = 200;  // a log for each time it was continued
  for (const InstancePtr& log : reader.list(query).items) {
    for (const journal::Entry& entry : reader.entries(log->id)) {
      const auto head = journal::read_head(entry);
      const auto facts = parse_json(entry.facts.json);
      if (!head || !facts || head->type != "record_reports_day") continue;  // what is broken is told elsewhere
      out[text_of(*facts, "day")] = text_of(*facts, "root");
    }
  }
  return out;
}

void check_reports(IntakeReader& reader, const ReportsCheck& check, Report& report) {
  const Leaves leaves = leaves_of(reader);
  for (const StoredReport& one : reader.reports()) {
    const auto items = reader.items(one.id);
    check_items(items, one, report);
    check_steps(reader.steps(one.id), one, leaves, report);
    if (check.files) check_files(items, *check.files, report);
  }
  const std::string tenant = reader.setting(report::k_tenant_setting);
  for (const StoredRoster& roster : reader.rosters()) {
    if (check.lead) check_roster(roster, *check.lead, tenant, report);
  }
  check_days(reader, check.told, report);
}

}  // namespace sparkgate::fsck
