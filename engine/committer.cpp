#include "engine/committer.h"

#include <utility>

namespace sparkgate {
namespace {

constexpr auto k_longest_sleep = milliseconds(500);

}  // namespace

Committer::Committer(Commands& commands, const Clock& clock, Options options, AfterCommit after_commit)
    : commands_(commands),
      clock_(clock),
      options_(options),
      after_commit_(std::move(after_commit)),
      thread_([this] { loop(); }) {}

Committer::~Committer() { stop(); }

void Committer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Result<void> Committer::run(const Work& work) { return submit(work, options_.run_timers); }

Result<void> Committer::tick() {
  static const Work k_nothing = [](Commands&) { return Result<void>(); };
  return submit(k_nothing, true);
}

Result<void> Committer::submit(const Work& work, bool fires_timers) {
  Job job{work, fires_timers};
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return refuse(Code::draining);
    if (queue_.size() >= options_.max_waiting) return refuse(Code::too_busy);
    queue_.push_back(&job);
  }
  waiting_.notify_one();
  job.done.acquire();
  if (job.programming_error) std::rethrow_exception(job.programming_error);
  return job.outcome;
}

// Natural batching: whatever has gathered while the last batch was written is the next one.
std::vector<Committer::Job*> Committer::next_batch() {
  std::unique_lock lock(mutex_);
  if (queue_.empty() && !stopping_) {
    lock.unlock();
    commands_.tidy(true);
    lock.lock();
  }
  if (queue_.empty() && !stopping_) {
    auto sleep = k_longest_sleep;
    const auto due = commands_.next_due();
    if (due && options_.run_timers && !failing_ && !commands_.is_held()) {
      sleep = std::clamp(std::chrono::duration_cast<milliseconds>(*due - clock_.wall()), milliseconds(1), sleep);
    }
    waiting_.wait_for(lock, sleep, [&] { return !queue_.empty() || stopping_; });
  }
  std::vector<Job*> batch;
  if (queue_.size() <= options_.max_batch) {
    batch.swap(queue_);
  } else {
    batch.assign(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(options_.max_batch));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(options_.max_batch));
  }
  return batch;
}

bool Committer::timers_due() const {
  const auto due = commands_.next_due();
  return options_.run_timers && due && *due <= clock_.wall();
}

void Committer::loop() {
  for (;;) {
    const auto batch = next_batch();
    if (batch.empty()) {
      const std::lock_guard lock(mutex_);
      if (stopping_ && queue_.empty()) return;
    }
    if (batch.empty() && !timers_due()) continue;
    commit(batch);
    for (Job* job : batch) job->done.release();
    commands_.tidy(false);
  }
}

void Committer::commit(const std::vector<Job*>& batch) {
  Writer& writer = commands_.writer();
  try {
    writer.begin();
    commands_.begin_batch();
    if (options_.run_timers) fire_due();
    for (Job* job : batch) run_one(*job);
    commands_.end_batch();
    writer.commit();
    failing_ = false;
  } catch (const StoreError& failed) {
    failing_ = true;
    commands_.drop_batch();
    writer.rollback();
    for (Job* job : batch) job->outcome = tl::make_unexpected(failed.refusal());
    return;
  }
  const auto changed = commands_.changed();
  commands_.keep_batch();
  if (after_commit_ && !changed.empty()) after_commit_(changed);
}

void Committer::run_one(Job& job) {
  if (job.fires_timers) fire_due();
  try {
    job.outcome = run_undoable(job.work);
  } catch (const StoreError& failed) {
    if (!commands_.writer().in_transaction()) throw;  // the store gave up the whole batch
    job.outcome = tl::make_unexpected(failed.refusal());
  } catch (...) {
    job.programming_error = std::current_exception();
  }
}

// A savepoint of its own: what a refusal or an error undoes is this work alone.
Result<void> Committer::run_undoable(const Work& work) {
  Writer& writer = commands_.writer();
  writer.savepoint();
  commands_.begin_command();
  try {
    auto outcome = work(commands_);
    if (outcome) {
      writer.release();
      commands_.keep_command();
    } else {
      commands_.drop_command();
      writer.undo();
    }
    return outcome;
  } catch (...) {
    commands_.drop_command();
    if (writer.in_transaction()) writer.undo();
    throw;
  }
}

// One at a time, each read anew: what one timer's event changes or drops, the next must see. A store error ends the
// batch and the timer fires again in a later one; whatever else fails, fails again, so the timer goes.
void Committer::fire_due() {
  while (const auto due = commands_.due_timer()) {
    Result<void> fired;
    try {
      fired = run_undoable([&](Commands& commands) { return commands.fire(*due); });
    } catch (const StoreError&) {
      throw;
    } catch (const std::exception& programming_error) {
      fired = refuse(Code::internal, {{"trace", programming_error.what()}});
    }
    if (fired) continue;
    (void)run_undoable([&](Commands& commands) {
      commands.drop_timer(*due, fired.error());
      return Result<void>();
    });
  }
}

}  // namespace sparkgate
