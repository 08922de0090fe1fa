// How it stands with one witness or timestamp authority, and when it is asked next.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::api {

enum class AnchorState {
  waiting,      // not asked yet, or nothing to ask
  ok,           // the last request was answered as hoped
  unreachable,  // no connection, or no answer in time
  refused,      // it answered, and not as hoped
};

/// What may be shown to everybody: no addresses, no messages of the network.
struct AnchorView {
  std::string name;
  std::string key;         // of a witness
  uint64_t size = 0;       // of the last checkpoint that it anchored for us; 0: none
  std::optional<Time> at;  // when it did
  AnchorState state = AnchorState::waiting;
  std::string code;  // of the refusal, where it is not ok
};

/// Asks no sooner than a period after a success; after failures ever more rarely.
class Pace {
 public:
  Pace(milliseconds period, milliseconds first_retry, milliseconds last_retry)
      : period_(period), first_retry_(first_retry), last_retry_(last_retry) {}
  bool is_due(milliseconds now) const { return now >= next_; }
  void succeeded(milliseconds now) { failures_ = 0, next_ = now + period_; }
  void failed(milliseconds now) {
    next_ = now + std::min(first_retry_ * (1 << failures_), last_retry_);
    failures_ = std::min(failures_ + 1, k_most_doublings);
  }
  void wait_until(milliseconds next) { next_ = next; }

 private:
  static constexpr int k_most_doublings = 16;
  const milliseconds period_, first_retry_, last_retry_;
  milliseconds next_ = milliseconds::min();
  int failures_ = 0;
};

}  // namespace sparkgate::api
