// Group commit: one writer thread turns all waiting work into one transaction and answers only after fsync.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <mutex>
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
  /// Called on the writer thread after a commit that made entries, with what they led to. Must not throw.
  using AfterCommit = std::function<void(const std::vector<Transition>&)>;

  Committer(Commands& commands, const Clock& clock, Options options, AfterCommit after_commit);
  ~Committer();

  /// Runs the work on the writer thread within a transaction of its own or of many; returns after fsync. Work that
  /// refuses or throws leaves nothing behind. Refuses with too_busy, draining, store_failed, disk_full; anything else
  /// that the work throws is a programming error and thrown on.
  using Work = std::function<Result<void>(Commands&)>;
  Result<void> run(const Work& work);

  /// Works that follow on each other, with no timer and nothing of others between them: `works` runs each by what it is
  /// given. Each that refuses leaves nothing behind, alone; a failing store ends them, and those before stay.
  using RunNext = std::function<Result<void>(const Work&)>;
  Result<void> run_in_turn(const std::function<void(const RunNext&)>& works);

  /// Fires what is due, now.
  Result<void> tick();

  /// Refuses new work, finishes what waits, ends the thread.
  void stop();

 private:
  struct Job {
    const Work& work;
    bool fires_timers = false;
    bool in_turn = false;  // undoes what it must by itself
    Result<void> outcome = {};
    std::exception_ptr programming_error = {};
    std::shared_ptr<const void> replaced = {};  // the last of the batch to go frees it: see Commands::keep_batch
  };
  /// What one transaction will hold. All who wait for it are woken at once: one system call instead of one for each.
  struct Batch {
    std::vector<Job*> jobs;
    std::promise<void> answer;
    std::shared_future<void> answered = answer.get_future().share();
  };
  Result<void> submit(const Work& work, bool fires_timers, bool in_turn = false);
  size_t jobs_waiting() const;
  void loop();
  Batch next_batch();
  bool timers_due() const;
  bool commit(const std::vector<Job*>& jobs);
  void keep(const std::vector<Job*>& jobs);
  void run_one(Job& job);
  Result<void> run_undoable(const Work& work);
  void fire_due();

  Commands& commands_;
  const Clock& clock_;
  const Options options_;
  const AfterCommit after_commit_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<Batch> queue_;  // all but the last are full
  bool stopping_ = false;
  bool failing_ = false;  // the last commit failed: timers wait
  std::thread thread_;
};

}  // namespace sparkgate
