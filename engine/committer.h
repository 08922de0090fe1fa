// Group commit: one writer thread turns all waiting work into one transaction and answers only after fsync.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>

#include "engine/commands.h"

namespace sparkgate {

class Committer {
 public:
  struct Options {
    size_t max_batch = 256;
    size_t max_waiting = 4096;    // beyond that: too_busy
    bool run_timers = true;       // false: only tick() fires them (tests)
  };
  /// Called on the writer thread after a commit with the instances it changed. Must not throw.
  using AfterCommit = std::function<void(const std::vector<InstancePtr>&)>;

  Committer(Commands& commands, const Clock& clock, Options options, AfterCommit after_commit);
  ~Committer();

  /// Runs the work on the writer thread within a transaction of its own or of many; returns after fsync. Work that
  /// refuses or throws leaves nothing behind. Refuses with too_busy, draining, store_failed, disk_full; anything else
  /// that the work throws is a programming error and thrown on.
  using Work = std::function<Result<void>(Commands&)>;
  Result<void> run(const Work& work);

  /// Fires what is due, now.
  Result<void> tick();

  /// Refuses new work, finishes what waits, ends the thread.
  void stop();

 private:
  struct Job {
    const Work& work;
    bool fires_timers = false;
    Result<void> outcome = {};
    std::exception_ptr programming_error = {};
    std::binary_semaphore done{0};
  };
  Result<void> submit(const Work& work, bool fires_timers);
  void loop();
  std::vector<Job*> next_batch();
  bool timers_due() const;
  void commit(const std::vector<Job*>& batch);
  void run_one(Job& job);
  Result<void> run_undoable(const Work& work);
  void fire_due();

  Commands& commands_;
  const Clock& clock_;
  const Options options_;
  const AfterCommit after_commit_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::vector<Job*> queue_;
  bool stopping_ = false;
  bool failing_ = false;  // the last commit failed: timers wait
  std::thread thread_;
};

}  // namespace sparkgate
