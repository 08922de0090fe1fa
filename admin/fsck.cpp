#include "admin/fsck.h"

#include <thread>

#include "admin/terminal.h"
#include "admin/verifier_keys.h"
#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::admin {
namespace {

constexpr int k_exit_unusable = 2;
constexpr size_t k_most_threads = 8;

Result<void> look(const FsckOptions& options, std::vector<NoteVerifier> keys, fsck::Report& report) {
  const std::filesystem::path data = options.data;
  const auto scans = SqliteScans::open(data);
  if (!scans) return tl::make_unexpected(scans.error());
  const auto packs = rules::Packs::embedded();
  if (!packs) return tl::make_unexpected(packs.error());
  Registry registry;
  add_workflows(registry, *packs);
  fsck::Options all;
  all.scan = [&] { return scans->scan(); };
  all.high_water = options.high_water.empty() ? data / "high_water" : std::filesystem::path(options.high_water);
  all.photos = data / k_photo_folder;
  all.keys = std::move(keys);
  all.threads = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, k_most_threads);
  try {
    fsck::check(all, registry, report);
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
  return {};
}

}  // namespace

int fsck(const FsckOptions& options, std::ostream& out, std::ostream& err) {
  auto keys = verifier_keys(options.keys);
  if (!keys) {
    print_refusal(err, keys.error());
    return k_exit_usage;
  }
  fsck::Report report;
  if (const auto looked = look(options, std::move(*keys), report); !looked) {
    print_refusal(err, looked.error());
    return k_exit_unusable;
  }
  out << (options.json ? to_json(report).dump(2) + "\n" : to_text(report, terminal_language()));
  return report.count() == 0 ? 0 : 1;
}

}  // namespace sparkgate::admin
