// The only write path: a command, a timer or a follow-up becomes a decision, and the decision one entry.
// Lives on the writer thread, inside the committer's transaction.
#pragma once

#include <deque>

#include "engine/cache.h"
#include "engine/clock_guard.h"
#include "engine/link_cache.h"
#include "engine/log_writer.h"
#include "engine/registry.h"
#include "engine/store/store.h"

namespace sparkgate {

/// One entry of the log and what it led to.
struct Transition {
  int64_t entry = 0;  // counted over all logs
  std::string event;
  InstancePtr instance;  // right after it
  std::vector<StoredNotice> notices;
};

class Commands final : public View {
 public:
  Commands(Writer& writer, const Registry& registry, const Clock& clock, Random& random, LogOptions log);

  /// One command and all it causes. Stores nothing when it refuses.
  Result<Receipt> run(const Command& command);
  /// The first timer due by now, in order of (due, instance, name).
  std::optional<DueTimer> due_timer();
  /// Sends the timer's event and runs all it causes. Refuses, and stores nothing, when the event does not fit.
  Result<void> fire(const DueTimer& due);
  /// Drops a timer that was refused, so that it does not fire for ever; the refusal stays visible among the follow-ups.
  void drop_timer(const DueTimer& due, const Refusal& refusal);

  // Brackets set by the committer. begin_batch() fixes the time of all that follows; drop_batch() may come without it.
  // end_batch() stands before COMMIT, seal_batch() after it and before anybody is answered, keep_batch() at the end.
  void begin_batch();
  void end_batch() { log_.write(); }
  void seal_batch() { log_.keep_batch(); }
  /// What the batch replaced: whoever waited frees it, so that the writer need not.
  Cache::Replaced keep_batch();
  void drop_batch();
  void begin_command();
  void keep_command();
  void drop_command();

  /// Between batches: the store's housekeeping, publishing; and signing again where it failed, when nobody waits.
  void tidy(bool idle);

  /// No timer is due before this; there may be none so early.
  std::optional<Time> next_due() const { return next_due_; }
  ClockGuard& clock() { return clock_; }
  LogWriter& log() { return log_; }
  /// Asked before each command that was not done before.
  void admit_only(std::function<Result<void>()> gate) { gate_ = std::move(gate); }
  /// Nothing may be recorded now: the clock cannot be believed, or the log cannot go on.
  bool is_held() const { return clock_.suspect() || !log_.able(); }
  Writer& writer() { return writer_; }
  /// The batch's time; refuses with clock_suspect.
  const Result<Time>& at() const { return at_; }
  Random& random() { return random_; }
  /// Of the running batch, in the order of their entries.
  const std::vector<Transition>& transitions() const { return transitions_; }

  InstancePtr find(std::string_view id) const override;
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override;
  int64_t counter(std::string_view name) const override { return writer_.counter(name); }

 private:
  struct Recording {  // one entry about to be made
    const Workflow& workflow;
    const EventSpec& spec;
    std::shared_ptr<const Filed> before;  // null: a new instance
    std::string id;
    const Actor& actor;
    const Json& payload;
    const Timer* fired = nullptr;  // the timer that sends it
    const Json& signature = k_unsigned;
    const Json* provenance = nullptr;
  };
  static const Json k_unsigned;
  std::shared_ptr<const Filed> load(std::string_view id) const;
  Result<std::shared_ptr<const Filed>> target(const Workflow& workflow, const EventSpec& spec, const Command& command);
  Result<Receipt> record(const Recording& recording);
  std::vector<Timer> timers_after(const Recording& recording, const Instance& next) const;
  Result<Decision> decide(const Recording& recording, Instance& next, std::string& actor_name);
  journal::Entry seal(const Recording& recording, const Instance& next, const Decision& decision,
                      const std::string& actor_name);
  void store(const Recording& recording, Instance next, const journal::Entry& entry, const Decision& decision);
  void reindex(std::string_view id);
  void put(const Filed& filed, const Filed* before);
  void follow_up(FollowUpRecord record, std::string_view cause_instance);
  void run_follow_ups();
  Result<std::optional<Receipt>> earlier_answer(const Command& command);
  void remember_answer(const Command& command, const Receipt& receipt);

  Writer& writer_;
  const Registry& registry_;
  ClockGuard clock_;
  Random& random_;
  LogWriter log_;
  std::function<Result<void>()> gate_ = [] { return Result<void>(); };
  mutable Cache cache_;
  mutable LinkCache links_;
  Result<Time> at_;  // of the running batch
  std::optional<Time> next_due_, committed_next_due_;
  Writer::Tail tail_, tail_before_command_, committed_tail_;
  std::vector<Transition> transitions_;
  size_t kept_transitions_ = 0;  // when the running command began
  std::deque<std::pair<FollowUpRecord, std::string>> follow_ups_;  // with the instance that caused each
  Time next_prune_{};
};

}  // namespace sparkgate
