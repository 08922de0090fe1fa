// Time as the test says, and randomness that a seed repeats.
#pragma once

#include <mutex>
#include <random>

#include "engine/base/random.h"

namespace sparkgate::test {

/// 2026-03-02T01:00:00Z, a Monday morning at nine in Shanghai.
inline Time a_monday() { return Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)) + hours(1); }

/// Thread-safe. advance() lets time pass; jump() sets the wall clock wrong against the steady one.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start = a_monday()) : wall_(start) {}
  Time wall() const override {
    const std::lock_guard lock(mutex_);
    return wall_;
  }
  milliseconds steady() const override {
    const std::lock_guard lock(mutex_);
    return steady_;
  }
  void advance(milliseconds by) {
    const std::lock_guard lock(mutex_);
    wall_ += by;
    steady_ += by;
  }
  void jump(milliseconds by) {
    const std::lock_guard lock(mutex_);
    wall_ += by;
  }

 private:
  mutable std::mutex mutex_;
  Time wall_;
  milliseconds steady_{0};
};

/// The same bytes for the same seed. Thread-safe.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed = 1) : engine_(seed) {}
  std::string bytes(size_t count) override {
    const std::lock_guard lock(mutex_);
    std::string out(count, '\0');
    for (char& c : out) c = static_cast<char>(engine_() >> 56);
    return out;
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace sparkgate::test
