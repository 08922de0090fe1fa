// The log's time: never decreases, and stops when the wall clock cannot be believed.
#pragma once

#include <atomic>

#include "engine/base/time.h"

namespace sparkgate {

class ClockGuard {
 public:
  /// `latest`: time of the log's latest entry. A wall clock over 60 s before it is suspect from the start.
  ClockGuard(const Clock& clock, Time latest);

  /// The time for the next entries. Refuses with clock_suspect once the wall clock has moved over 60 s against the
  /// steady clock, until confirm().
  Result<Time> now();
  /// An administrator has looked: the wall clock is right as it stands.
  void confirm();
  bool suspect() const { return suspect_; }  // from any thread

 private:
  const Clock& clock_;
  Time latest_;
  Time wall_;
  milliseconds steady_;
  std::atomic<bool> suspect_;
};

}  // namespace sparkgate
