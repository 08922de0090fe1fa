// Instants, civil days and the injected clock. Nothing else in the project asks what time it is.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate {

/// An instant in UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// RFC 3339 in UTC: "2026-08-13T13:00:00Z", with ".123" only when there are milliseconds.
std::string format_time(Time time);

/// RFC 3339 with an offset ("Z" or "+08:00"), years 1970 to 9999, fractions cut to milliseconds.
/// Refuses with payload_invalid (details: path "", reason).
Result<Time> parse_time(std::string_view text);

/// The wall clock tells time; the steady clock tells whether the wall clock jumped.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time wall() const = 0;
  virtual milliseconds steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time wall() const override;
  milliseconds steady() const override;
};

}  // namespace sparkgate
