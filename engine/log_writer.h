// The transparency log on the writer thread: the running batch's leaves go into the tree before COMMIT; after it the
// high-water mark is written and the tree signed, in this order, and only then is anybody answered.
#pragma once

#include <filesystem>

#include "engine/checkpoints.h"
#include "engine/journal/high_water.h"
#include "engine/journal/right_edge.h"
#include "engine/store/store.h"

namespace sparkgate {

struct LogOptions {
  std::string origin;                // of a store without a log
  std::filesystem::path high_water;  // "": no mark is kept
  LogSigner signer;                  // none: nothing is signed
  std::optional<Refusal> held;       // why nothing is recorded until release()
  bool grows_tree = true;            // false: for a benchmark without the log
  /// Gets one line about how the log was found.
  std::function<void(const std::string&)> report = [](const std::string&) {};
};

/// What the next log says of the one before it.
struct Continuation {
  std::string origin;                       // of the closed log
  std::string checkpoint;                   // its last good one, signed; "": it was never signed
  std::optional<journal::Mark> high_water;  // how far anything had been signed
};

class LogWriter {
 public:
  /// Looks at everything that log_check.h looks at, and signs what there is. What it objects to keeps entries out, but
  /// is no reason not to start: see able(). A tree that lacks its entries (data of schema 1) is grown first.
  LogWriter(Writer& writer, const Clock& clock, LogOptions options);

  /// The log that new entries go to.
  const StoredLog& current() const { return successor_ ? *successor_ : log_; }
  /// Where the receipt's entry stands: origin, index and, in a log that is closed, its last checkpoint.
  void place(Receipt& receipt) const;
  Checkpoints& checkpoints() { return checkpoints_; }
  bool signs() const { return static_cast<bool>(options_.signer.sign); }

  /// Refuses what keeps entries out: log_behind_mark, log_broken, signing_failed, or what it is held for.
  Result<void> able() const;
  /// Takes no entries, for that reason, until it is released or another log goes on.
  void hold(Refusal why);
  void release();
  /// Signs what could not be signed before.
  void retry();

  void append(const Digest& leaf) {
    if (options_.grows_tree) leaves_.push_back(leaf);
  }
  /// Closes the log and begins the next one with this batch, whatever able() says but for log_broken. Refuses
  /// origin_known for a name that was used before, too_busy when the batch has entries already.
  Result<Continuation> continue_as(const std::string& origin);

  // Brackets, as those of Commands.
  void begin_command();
  void drop_command();
  void write();       // in the batch's transaction, before COMMIT
  void keep_batch();  // after it: the mark and the signature
  void drop_batch();

 private:
  void open();
  Result<void> open_mark();
  void grow(int64_t entries);
  Result<void> check();
  Result<void> seal();
  Result<void> test_signer();
  void obstruct(std::optional<Refusal> obstacle);
  const std::optional<Refusal>& hindrance() const { return obstacle_ ? obstacle_ : held_; }
  std::string closing_checkpoint();

  Writer& writer_;
  const LogOptions options_;
  std::optional<journal::HighWater> high_water_;
  Checkpoints checkpoints_;
  std::vector<StoredLog> closed_;
  StoredLog log_;
  journal::RightEdge edge_;
  std::optional<Refusal> obstacle_;  // found here
  std::optional<Refusal> held_;      // told from outside

  // The running batch: what the kept commands append, and what write() made of it.
  std::vector<Digest> leaves_;
  std::optional<StoredLog> successor_;
  size_t kept_leaves_ = 0;
  bool kept_successor_ = false;
  StoredLog closing_, next_log_;
  journal::RightEdge next_edge_;
};

}  // namespace sparkgate
