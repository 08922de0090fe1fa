#include "engine/committer.h"

#include <utility>

#include "engine/base/codes.h"

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

Result<void> Committer::run_in_turn(const std::function<void(const RunNext&)>& works) {
  const Work all = [&](Commands&) {
    works([this](const Work& next) { return run_undoable(next); });
    return Result<void>();
  };
  return submit(all, options_.run_timers, true);
}

Result<void> Committer::tick() {
  static const Work k_nothing = [](Commands&) { return Result<void>(); };
  return submit(k_nothing, true);
}

Result<void> Committer::submit(const Work& work, bool fires_timers, bool in_turn) {
  Job job{work, fires_timers, in_turn};
  std::shared_future<void> answered;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return refuse(Code::draining);
    if (jobs_waiting() >= options_.max_waiting) return refuse(Code::too_busy);
    if (queue_.empty() || queue_.back().jobs.size() >= options_.max_batch) queue_.emplace_back();
    queue_.back().jobs.push_back(&job);
    answered = queue_.back().answered;
  }
  waiting_.notify_one();
  answered.wait();
  if (job.programming_error) std::rethrow_exception(job.programming_error);
  return job.outcome;
}

size_t Committer::jobs_waiting() const {
  return queue_.empty() ? 0 : (queue_.size() - 1) * options_.max_batch + queue_.back().jobs.size();
}

// Natural batching: whatever has gathered while the last batch was written is the next one.
Committer::Batch Committer::next_batch() {
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
  if (queue_.empty()) return {};
  Batch batch = std::move(queue_.front());
  queue_.pop_front();
  return batch;
}

bool Committer::timers_due() const {
  const auto due = commands_.next_due();
  return options_.run_timers && due && *due <= clock_.wall();
}

void Committer::loop() {
  for (;;) {
    Batch batch = next_batch();
    if (batch.jobs.empty()) {
      const std::lock_guard lock(mutex_);
      if (stopping_ && queue_.empty()) return;
    }
    if (batch.jobs.empty() && !timers_due()) continue;
    if (commit(batch.jobs)) keep(batch.jobs);
    batch.answer.set_value();
    commands_.tidy(false);
  }
}

// False when the store failed and nothing of the batch remains.
bool Committer::commit(const std::vector<Job*>& jobs) {
  Writer& writer = commands_.writer();
  try {
    writer.begin();
    commands_.begin_batch();
    if (options_.run_timers) fire_due();
    for (Job* job : jobs) run_one(*job);
    commands_.end_batch();
    writer.commit();
    failing_ = false;
  } catch (const StoreError& failed) {
    failing_ = true;
    commands_.drop_batch();
    writer.rollback();
    for (Job* job : jobs) job->outcome = tl::make_unexpected(failed.refusal());
    return false;
  }
  commands_.seal_batch();
  const auto& transitions = commands_.transitions();
  if (after_commit_ && !transitions.empty()) after_commit_(transitions);
  return true;
}

void Committer::keep(const std::vector<Job*>& jobs) {
  const auto replaced = std::make_shared<const Cache::Replaced>(commands_.keep_batch());
  for (Job* job : jobs) job->replaced = replaced;
}

void Committer::run_one(Job& job) {
  if (job.fires_timers) fire_due();
  try {
    job.outcome = job.in_turn ? job.work(commands_) : run_undoable(job.work);
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
