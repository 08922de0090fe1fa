#include "workflows/fsck/tree.h"

#include "workflows/fsck/claims.h"
#include "workflows/fsck/heads_watch.h"

namespace sparkgate::fsck {
namespace {

// One log as it grows. A log that lacks an entry is not compared beyond it: all that follows would differ.
class Growing {
 public:
  Growing(const StoredLog& log, std::vector<Claim> claims, Scan& scan, Report& report)
      : log_(log), claims_(std::move(claims)), scan_(scan), report_(report) {
    compare_claims();
  }

  bool holds(int64_t index) const {
    return index >= log_.first && index < log_.first + static_cast<int64_t>(log_.size);
  }

  void append(const Digest& leaf) {
    if (is_broken_) return;
    edge_.append(leaf, completed_);
    for (const journal::FullTile& tile : completed_) compare_tile(tile);
    tiles_ += static_cast<int64_t>(completed_.size());
    completed_.clear();
    compare_claims();
  }
  void break_off() { is_broken_ = true; }

  void end() {
    if (is_broken_) return;
    if (edge_.size() != log_.size) {
      report_.say(Fault::log_size_differs, {{"origin", log_.origin}, {"needed", log_.size}, {"actual", edge_.size()}});
    }
    const int64_t stored = scan_.count_tiles(log_.number);
    if (stored == tiles_) return;
    report_.say(Fault::tiles_superfluous, {{"origin", log_.origin}, {"needed", tiles_}, {"actual", stored}});
  }

 private:
  void compare_claims() {
    for (; next_claim_ < claims_.size() && claims_[next_claim_].size == edge_.size(); ++next_claim_) {
      const Claim& claim = claims_[next_claim_];
      if (edge_.root() == claim.root) continue;
      report_.say(Fault::root_differs, {{"what", claim.what}, {"size", claim.size}});
    }
  }

  void compare_tile(const journal::FullTile& tile) {
    Reader& reader = scan_.reader();
    std::string hashes;
    for (const Digest& hash : tile.hashes) hashes += bytes_of(hash);
    const auto roots = reader.tile_roots(log_.number, tile.level, tile.number, tile.number + 1);
    if (reader.tile(log_.number, tile.level, tile.number) == hashes && roots == std::vector{tile.root}) return;
    const std::string path = journal::tile_path({tile.level, tile.number, journal::k_tile_width});
    report_.say(Fault::tile_differs, {{"origin", log_.origin}, {"tile", path}});
  }

  const StoredLog log_;
  const std::vector<Claim> claims_;
  Scan& scan_;
  Report& report_;
  journal::RightEdge edge_;
  std::vector<journal::FullTile> completed_;
  size_t next_claim_ = 0;
  int64_t tiles_ = 0;
  bool is_broken_ = false;
};

Digest digest_of(std::string_view bytes) {
  Digest out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

std::vector<Growing> open_logs(const Options& options, Scan& scan, Report& report) {
  const auto logs = scan.reader().logs();
  const auto mark = read_mark(options, logs, report);
  std::vector<Growing> out;
  int64_t first = 0;
  for (size_t i = 0; i < logs.size(); ++i) {
    const bool fits = logs[i].number == static_cast<int64_t>(i) && logs[i].first == first;
    if (!fits) report.say(Fault::logs_overlap, {{"origin", logs[i].origin}});
    out.emplace_back(logs[i], claims_of(logs[i], scan, options, mark, report), scan, report);
    first = logs[i].first + static_cast<int64_t>(logs[i].size);
  }
  return out;
}

}  // namespace

void check_tree(const Options& options, Scan& scan, Report& report) {
  auto logs = open_logs(options, scan, report);
  HeadsWatch heads(scan, report);
  size_t at = 0;
  int64_t next = 0;
  scan.entries([&](const EntryRow& row) {
    while (at < logs.size() && !logs[at].holds(row.index)) ++at;
    if (at == logs.size()) return report.say(Fault::entry_outside, {{"index", row.index}});
    if (row.index != next) {
      report.say(Fault::entry_missing, {{"index", next}});
      logs[at].break_off();
    }
    next = row.index + 1;
    const Digest leaf = digest_of(row.leaf);
    if (journal::leaf_hash(row.bytes) != leaf) report.say(Fault::leaf_differs, {{"index", row.index}});
    heads.entry(row.index, {row.slot, row.seq, leaf});
    logs[at].append(leaf);
  });
  for (Growing& log : logs) log.end();
  heads.end(next);
  report.count_entries(next);
}

}  // namespace sparkgate::fsck
