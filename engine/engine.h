// The durable workflow engine as its users see it: execute commands, read committed state.
#pragma once

#include "engine/committer.h"
#include "engine/journal/logged.h"

namespace sparkgate {

class Engine {
 public:
  struct Options {
    std::string origin;  // names the log; kept in the store from the first start on
    size_t readers = 4;
    Committer::Options committer = {};
  };
  Engine(std::unique_ptr<Store> store, const Registry& registry, const Clock& clock, Random& random, Options options);

  /// One durable transition, acknowledged after fsync.
  Result<Receipt> execute(const Command& command);
  /// All or nothing: the first refusal undoes all. Details gain `command`, its position.
  Result<std::vector<Receipt>> execute_all(const std::vector<Command>& commands);
  /// A write that is no transition (sessions, documents), in the same queue and with the same promise.
  Result<void> write(const std::function<void(Writer&)>& change);
  Result<void> confirm_clock();
  bool clock_suspect() const { return commands_->clock().suspect(); }
  Result<void> tick() { return committer_->tick(); }

  ReaderPool::Loan read() { return readers_.borrow(); }
  const Registry& registry() const { return registry_; }
  const Clock& clock() const { return clock_; }
  Random& random() { return random_; }
  const std::string& origin() const { return origin_; }

  /// Called on the writer thread after each commit that changed something.
  void on_commit(Committer::AfterCommit listener);
  /// Finishes what waits; later writes are refused with draining.
  void stop() { committer_->stop(); }

 private:
  std::unique_ptr<Store> store_;
  const Registry& registry_;
  const Clock& clock_;
  Random& random_;
  std::string origin_;
  std::mutex listeners_mutex_;
  std::vector<Committer::AfterCommit> listeners_;
  ReaderPool readers_;
  std::unique_ptr<Commands> commands_;
  std::unique_ptr<Committer> committer_;
};

/// `rechecked`: each entry must also have been lawful to make (Workflow::recheck).
enum class Replay { as_recorded, rechecked };

/// Plays one more entry, which is known to verify, on the instance as it was before it; `timers` stay as they are.
/// Refuses with log_broken when it leads elsewhere than it says, and as the workflow does.
Result<void> fold(const Workflow& workflow, Instance& instance, const journal::Logged& entry, const Digest& leaf,
                  Replay how = Replay::as_recorded);

/// Replays an instance's entries through its workflow, from nothing. Refuses with log_broken when an entry does not
/// verify or leads elsewhere than it says.
Result<Instance> replay(const Workflow& workflow, const std::vector<journal::Entry>& entries);

}  // namespace sparkgate
