// Anchors the log elsewhere: published checkpoints go to witnesses, who cosign them, and to timestamp authorities; a
// log that was put back is found out. What must be witnessed before work goes on is told here, too.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/out/timestamp_link.h"
#include "api/out/witness_link.h"

namespace sparkgate::api {

struct WitnessPolicy {
  size_t needed = 0;      // cosignatures of as many witnesses make a checkpoint witnessed
  bool required = false;  // no commands while newer entries have been waiting for that for longer than `limit`
  seconds limit{300};
};

/// Lines of the service's log.
using AnchorLog = std::function<void(const std::string& line)>;

class Anchoring {
 public:
  struct Options {
    std::vector<WitnessAddress> witnesses;
    WitnessPolicy policy;
    std::vector<std::string> authorities;  // URLs
    std::string authority_ca_pem;
    Post post;
    AnchorLog log = [](const std::string&) {};
  };
  /// What the engine's log is held for from its start until ask(): a machine that was put back to an older state must
  /// not sign anything new before somebody could tell.
  static std::optional<Refusal> hold(const Options& options);

  /// Asks nobody yet. From now on the engine takes commands only where the policy does.
  Anchoring(Engine& engine, Options options);
  ~Anchoring() { stop(); }

  /// Asks each witness once how far it has seen the log, and releases the log: unless a witness knows more of it than
  /// we do, or the policy requires answers and there are too few; then step() goes on asking.
  void ask();
  /// All that is due now, in the caller's thread.
  void step();
  /// Steps in a thread of its own. Nothing happens where there is nobody to ask.
  void start();
  void stop();

  /// Whether the policy lets commands pass now. Any thread. Refuses with unwitnessed.
  Result<void> may_write() const;
  /// Timestamps as soon as possible, whatever the hour. Refuses with no_timestamp_authority.
  Result<void> hurry_timestamps();

  enum class Verdict { met, waiting, unmet };  // all is witnessed; not yet; the limit has passed
  struct Report {
    std::string origin;
    uint64_t published = 0;
    WitnessPolicy policy;
    Verdict verdict = Verdict::met;
    uint64_t witnessed = 0;  // size of the newest checkpoint that fulfils the policy
    std::vector<AnchorView> witnesses, authorities;
  };
  Report report() const;  // any thread

  /// The log's newest checkpoint of at least `least` entries that fulfils the policy, with its cosignatures; of one
  /// witness at least. Any thread. Refuses with not_witnessed_yet.
  Result<Anchored> witnessed(Reader& reader, int64_t log, uint64_t least) const;

 private:
  bool choose();
  void visit_witnesses();
  void visit_authorities();
  void look_up_witnessed();
  void note_progress();
  void release(bool is_first_time);
  size_t needed() const { return std::max<size_t>(options_.policy.needed, 1); }
  Verdict verdict(milliseconds now) const;  // under the lock

  Engine& engine_;
  const Options options_;
  const Clock& clock_;
  AnchorStore store_;
  std::vector<std::string> witness_ids_;

  // Of the stepping thread.
  SignedPtr chosen_;          // what is sent now: the same to all, or no checkpoint would gather k cosignatures
  milliseconds chosen_at_{};  // steady; it was the newest then
  std::vector<WitnessLink> witnesses_;
  std::vector<TimestampLink> authorities_;
  milliseconds next_thinning_{};
  bool is_held_;  // the log, and may be released here

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool is_over_ = false;
  bool is_hurried_ = false;
  Report report_;
  std::optional<milliseconds> unwitnessed_since_;  // steady; of the oldest published entries that lack witnesses
  size_t answered_ = 0;                            // witnesses that have told since the start how far they are
  std::thread thread_;
};

std::string_view name_of(AnchorState state);
std::string_view name_of(Anchoring::Verdict verdict);

}  // namespace sparkgate::api
