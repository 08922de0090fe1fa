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
    std::filesystem::path high_water = {};  // file of the high-water mark; "": none is kept
    LogSigner signer = {};                  // none: nothing is signed
    std::optional<Refusal> held = {};       // why nothing is recorded until release_log()
    bool grows_tree = true;                 // false measures what the log costs: entries are then in no tree
    std::function<void(const std::string&)> report = [](const std::string&) {};  // one line about the log, at start
  };
  Engine(std::unique_ptr<Store> store, const Registry& registry, const Clock& clock, Random& random, Options options);

  /// One durable transition, acknowledged after fsync and, where the log is signed, with a checkpoint that covers it.
  /// Secrets of the payload end on the calling thread.
  /// Refuses signing_failed when it is durable but could not be signed: a repeat with the same key gets the receipt.
  Result<Receipt> execute(const Command& command);
  /// All or nothing: the first refusal undoes all. Details gain `command`, its position.
  Result<std::vector<Receipt>> execute_all(const std::vector<Command>& commands);
  /// Commands that follow on each other in one transaction, with no timer between them; each is kept or refused by
  /// itself. `work` is on the writer thread: it sees what holds now, and runs one command after the other. Returns a
  /// signed checkpoint that covers them, "" where nothing is signed or recorded. Not for events with secrets.
  using RunOne = std::function<Result<Receipt>(const Command&)>;
  Result<std::string> execute_in_turn(const std::function<void(const View&, const RunOne&)>& work);
  /// A write that is no transition (sessions, documents), in the same queue and with the same promise.
  Result<void> write(const std::function<void(Writer&)>& change);
  /// Closes the log and opens the next one, whose first entry is what `first` makes of it. The way on after a data
  /// directory was restored from an old backup (log_behind_mark). Refuses origin_known, log_broken, too_busy.
  Result<Receipt> continue_log(const std::string& origin, const std::function<Command(const Continuation&)>& first);
  Result<void> confirm_clock();
  bool clock_suspect() const { return commands_->clock().suspect(); }
  Result<void> tick() { return committer_->tick(); }

  ReaderPool::Loan read() { return readers_.borrow(); }
  const Registry& registry() const { return registry_; }
  const Clock& clock() const { return clock_; }
  Random& random() { return random_; }

  /// Signed checkpoints of the running log; null while none is signed, always where nothing is signed. From any thread.
  SignedPtr latest_checkpoint() { return checkpoints().latest(); }
  SignedPtr published_checkpoint() { return checkpoints().published(); }
  void on_publish(std::function<void(const SignedPtr&)> listener) { checkpoints().on_publish(std::move(listener)); }
  /// Why the log takes no entries: log_behind_mark, log_broken, signing_failed, or what it is held for.
  std::optional<Refusal> log_obstacle() { return checkpoints().obstacle(); }
  /// Records nothing more and signs nothing new, for that reason, until it is released or another log goes on.
  Result<void> hold_log(const Refusal& why);
  Result<void> release_log();
  /// `gate` is asked before each command that was not done before; timers and follow-ups pass. On the writer thread.
  Result<void> admit_only(std::function<Result<void>()> gate);
  const LogSigner& signer() const { return signer_; }

  /// Called on the writer thread after each commit that made entries.
  void on_commit(Committer::AfterCommit listener);
  /// Finishes what waits; later writes are refused with draining.
  void stop() { committer_->stop(); }

 private:
  Result<std::optional<Command>> prepared(const Command& command);
  Checkpoints& checkpoints() { return commands_->log().checkpoints(); }
  Result<void> cover(Receipt& receipt);

  std::unique_ptr<Store> store_;
  const Registry& registry_;
  const Clock& clock_;
  Random& random_;
  const LogSigner signer_;
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
