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

Result<void> Committer::run(const Work& work) {
  Job job{work, {}};
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return refuse(Code::draining);
    if (queue_.size() >= options_.max_waiting) return refuse(Code::too_busy);
    queue_.push_back(&job);
  }
  waiting_.notify_one();
  job.done.acquire();
  return job.outcome;
}

Result<void> Committer::tick() {
  return run([](Commands& commands) -> Result<void> {
    commands.fire_due();
    return {};
  });
}

// Natural batching: whatever has gathered while the last batch was written is the next one.
std::vector<Committer::Job*> Committer::next_batch() {
  std::unique_lock lock(mutex_);
  if (queue_.empty() && !stopping_) {
    lock.unlock();
    commands_.writer().housekeeping(true);
    lock.lock();
  }
  if (queue_.empty() && !stopping_) {
    auto sleep = k_longest_sleep;
    if (const auto due = commands_.next_due(); due && options_.run_timers) {
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

void Committer::loop() {
  for (;;) {
    const auto batch = next_batch();
    if (batch.empty()) {
      const std::lock_guard lock(mutex_);
      if (stopping_ && queue_.empty()) return;
    }
    const auto due = commands_.next_due();
    const bool timers_due = options_.run_timers && due && *due <= clock_.wall();
    if (batch.empty() && !timers_due) continue;
    commit(batch);
    for (Job* job : batch) job->done.release();
    commands_.writer().housekeeping(false);
  }
}

void Committer::commit(const std::vector<Job*>& batch) {
  Writer& writer = commands_.writer();
  try {
    writer.begin();
    commands_.begin_batch();
    if (options_.run_timers) run_timers();
    for (Job* job : batch) run_one(*job);
    writer.commit();
    const auto changed = commands_.changed();
    commands_.keep_batch();
    if (after_commit_) after_commit_(changed);
  } catch (const StoreError& failed) {
    try {
      writer.rollback();
      commands_.drop_batch();
    } catch (const StoreError&) {
      // The next begin() fails likewise and says so; nothing of this batch was acknowledged.
    }
    for (Job* job : batch) job->outcome = tl::make_unexpected(failed.refusal());
  }
}

void Committer::run_timers() {
  commands_.begin_command();
  commands_.fire_due();
  commands_.keep_command();
}

// A savepoint of its own: what one command's refusal or store error undoes is that command alone.
void Committer::run_one(Job& job) {
  Writer& writer = commands_.writer();
  writer.savepoint();
  commands_.begin_command();
  try {
    job.outcome = job.work(commands_);
  } catch (const StoreError& failed) {
    job.outcome = tl::make_unexpected(failed.refusal());
  }
  if (job.outcome) {
    writer.release();
    commands_.keep_command();
  } else {
    writer.undo();
    commands_.drop_command();
  }
}

}  // namespace sparkgate
