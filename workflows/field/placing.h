// Where in the server's time the events of a device belong that was offline: by its monotonic clock and the marks of
// server time that it saw, never by its wall clock.
//
// What is certain: an event came after every mark seen before it, and before the sync. Between two readings within one
// boot at least so much time passed as they differ (a clock that sleeps with its device shows less, none shows more,
// but for its drift). Across boots only the order holds. So each event gets an interval that contains it for certain;
// decisions take the end of it that is unfavourable, and people are told its middle.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/time.h"

namespace sparkgate::field {

/// By how much a device's clock may run wrong: 100 ppm.
inline constexpr int64_t k_drift_per_million = 100;
/// A device throws away a mark whose answer took longer.
inline constexpr auto k_longest_mark_delay = seconds(60);
/// A wall clock that is wrong by no more is not worth telling.
inline constexpr auto k_wall_tolerance = seconds(60);

/// The device's monotonic clock: milliseconds within one boot. `boot` changes whenever the clock starts again.
struct Reading {
  std::string boot;
  int64_t monotonic_ms = 0;
};

struct Mark {
  Time time;   // when the server gave it
  Reading at;  // when the device got it
};

struct Reported {
  int64_t seq = 0;  // the device counts its events
  Reading at;
  Mark seen;        // the last mark that it had then
  Time wall;        // what its wall clock showed; decides nothing
};

struct Placing {
  Time earliest, latest;
  Time at;                         // the middle
  int64_t uncertainty_seconds = 0; // it happened at `at`, give or take so much
  std::optional<int64_t> clock_off_seconds = {};  // the wall clock was wrong by that, where it certainly was
};

/// One result an event, in the order given, which is by `seq`. `marks`: others that the device has seen. `sync`: its
/// reading now, when the server's clock shows `now`. Refuses field_clock_impossible: a seq that does not grow, a boot
/// taken up again, readings that run backwards or beyond the sync's, a mark seen after its event, and readings that
/// the marks contradict.
std::vector<Result<Placing>> place(const std::vector<Reported>& events, const std::vector<Mark>& marks,
                                   const Reading& sync, Time now);

/// As an entry keeps it: {earliest, latest, at, uncertainty_seconds, [clock_off_seconds]}.
Json to_json(const Placing& placing);

}  // namespace sparkgate::field
