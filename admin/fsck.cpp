#include "admin/fsck.h"

#include <thread>

#include "admin/stored_packs.h"
#include "admin/terminal.h"
#include "admin/verifier_keys.h"
#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_unusable = 2;
constexpr size_t k_most_threads = 8;

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
