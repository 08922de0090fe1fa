#include "workflows/fsck/fsck.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "workflows/fsck/lives.h"
#include "workflows/fsck/photos.h"
#include "workflows/fsck/rows.h"
#include "workflows/fsck/tree.h"

namespace sparkgate::fsck {
namespace {

constexpr int64_t k_slots_at_once = 64;

// Work for several threads: the large pieces first, then instances by the handful until none is left.
class Work {
 public:
  Work(const Options& options, const Registry& registry, Report& report)
      : options_(options), registry_(registry), report_(report) {
    const auto scan = options.scan();
    // Beyond the number of instances there are none; slots_not_dense says where one is missing among them.
    slots_ = std::min(scan->highest_slot() + 1, 2 * scan->count_instances() + 1);
  }

  void run() {
    std::vector<std::jthread> threads;
    for (size_t i = 1; i < options_.threads; ++i) threads.emplace_back([this] { take_part(); });
    take_part();
  }
  const Learned& learned() const { return learned_; }

 private:
  using Piece = void (Work::*)(Scan&);

  void take_part() {
    guarded(bilingual("数据库", "The database"), [&] {
      const auto scan = options_.scan();
      constexpr Piece k_pieces[] = {&Work::tree, &Work::damage, &Work::rows, &Work::photos};
      for (size_t next; (next = next_piece_++) < std::size(k_pieces);) (this->*k_pieces[next])(*scan);
      Lives lives(*scan, registry_, report_);
      for (int64_t from; (from = next_slot_.fetch_add(k_slots_at_once)) < slots_;) some_lives(lives, from);
      const std::lock_guard lock(mutex_);
      learned_.add(lives.learned());
    });
  }

  void tree(Scan& scan) {
    guarded(bilingual("日志", "The log"), [&] { check_tree(options_, scan, report_); });
  }
  void rows(Scan& scan) {
    guarded(bilingual("附属数据", "What goes with the entries"), [&] { check_rows(scan, report_); });
  }
  void photos(Scan& scan) {
    if (options_.photos.empty()) return;
    guarded(bilingual("照片", "The photos"), [&] { check_photos(scan, options_.photos, report_); });
  }
  void damage(Scan& scan) {
    guarded(bilingual("数据库", "The database"), [&] {
      for (const std::string& line : scan.damage()) report_.say(Fault::store_damaged, {{"reason", line}});
    });
  }
  void some_lives(Lives& lives, int64_t from) {
    const int64_t until = std::min(from + k_slots_at_once, slots_);
    for (int64_t slot = from; slot < until; ++slot) {
      const std::string number = std::to_string(slot);
      guarded(bilingual("编号 " + number + " 的实例", "The instance of slot " + number), [&] { lives.check(slot); });
    }
    report_.count_instances(until - from);
  }

  // Data that was altered may be of any shape; what it breaks is a problem found and ends no more than the piece.
  void guarded(const Json& what, const std::function<void()>& work) {
    try {
      work();
    } catch (const StoreError& failed) {
      report_.say(Fault::unreadable, {{"what", what}, {"reason", failed.what()}});
    } catch (const std::exception& failed) {
      report_.say(Fault::unreadable, {{"what", what}, {"reason", failed.what()}});
    }
  }

  const Options& options_;
  const Registry& registry_;
  Report& report_;
  int64_t slots_ = 0;
  std::atomic<size_t> next_piece_ = 0;
  std::atomic<int64_t> next_slot_ = 0;
  std::mutex mutex_;
  Learned learned_;
};

}  // namespace

void check(const Options& options, const Registry& registry, Report& report) {
  Work work(options, registry, report);
  work.run();
  try {
    check_learned(*options.scan(), work.learned(), report);
  } catch (const StoreError& failed) {
    report.say(Fault::unreadable, {{"what", bilingual("数据库", "The database")}, {"reason", failed.what()}});
  }
}

}  // namespace sparkgate::fsck
