#include "admin/fsck.h"

#include <thread>

#include "admin/stored_packs.h"
#include "admin/terminal.h"
#include "admin/verifier_keys.h"
#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_intake_scan.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "workflows/fsck/fsck.h"
#include "workflows/fsck/reports.h"
#include "workflows/report/rosters.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_unusable = 2;
constexpr size_t k_most_threads = 8;

Result<void> check_intake(const CheckOptions& options, Reader& log, fsck::Report& report) {
  const auto folder = options.data / "intake";
  fsck::ReportsCheck check;
  if (options.with_photos) check.files.emplace(folder / "files");
  check.lead = report::LeadFile(folder / "lead.pub").key();
  check.told = fsck::told_days(log);
  bool is_there = false;
  try {
    const auto scanned = scan_sqlite_intake(folder, [&](IntakeReader& reader, const std::vector<std::string>& damage) {
      is_there = true;
      for (const std::string& line : damage) report.say(fsck::Fault::reports_damaged, {{"reason", line}});
      if (damage.empty()) fsck::check_reports(reader, check, report);
    });
    if (!scanned) return scanned;
  } catch (const StoreError& failed) {
    is_there = true;
    report.say(fsck::Fault::reports_damaged, {{"reason", describe(failed.refusal())}});
  }
  if (!is_there && !check.told.empty()) {
    report.say(fsck::Fault::reports_damaged, {{"reason", bilingual("没有这个文件", "there is no such file")}});
  }
  return {};
}

}  // namespace

// Judged by what is built in and what the store keeps: packs that were uploaded here are known nowhere else.
Result<std::unique_ptr<fsck::Report>> check_data(const CheckOptions& options) {
  const auto scans = SqliteScans::open(options.data);
  if (!scans) return tl::make_unexpected(scans.error());
  auto report = std::make_unique<fsck::Report>();
  try {
    const auto packs = readable_packs(scans->scan()->reader());
    if (!packs) return tl::make_unexpected(packs.error());
    Registry registry;
    add_workflows(registry, *packs);
    fsck::Options all;
    all.scan = [&] { return scans->scan(); };
    all.high_water = options.high_water;
    if (options.with_photos) all.photos = options.data / k_photo_folder;
    all.keys = options.keys;
    all.threads = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, k_most_threads);
    fsck::check(all, registry, *report);
    const auto scan = scans->scan();
    if (auto looked = check_intake(options, scan->reader(), *report); !looked) {
      return tl::make_unexpected(looked.error());
    }
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
  return report;
}

int fsck(const FsckOptions& options, std::ostream& out, std::ostream& err) {
  auto keys = verifier_keys(options.keys);
  if (!keys) {
    print_refusal(err, keys.error());
    return k_exit_usage;
  }
  const std::filesystem::path data = options.data;
  std::filesystem::path mark = options.high_water;
  if (mark.empty()) mark = data / "high_water";
  const auto report = check_data({data, mark, std::move(*keys)});
  if (!report) {
    print_refusal(err, report.error());
    return k_exit_unusable;
  }
  out << (options.json ? to_json(**report).dump(2) + "\n" : to_text(**report, terminal_language()));
  return (*report)->count() == 0 ? 0 : 1;
}

}  // namespace sparkgate::admin
