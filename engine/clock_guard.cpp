#include "engine/clock_guard.h"

#include "engine/base/codes.h"

namespace sparkgate {
namespace {
constexpr milliseconds k_tolerance = seconds(60);
}

ClockGuard::ClockGuard(const Clock& clock, Time latest)
    : clock_(clock),
      latest_(latest),
      wall_(clock.wall()),
      steady_(clock.steady()),
      suspect_(wall_ < latest - k_tolerance) {}

Result<Time> ClockGuard::now() {
  const Time wall = clock_.wall();
  const milliseconds steady = clock_.steady();
  const milliseconds drift = (wall - wall_) - (steady - steady_);
  if (drift > k_tolerance || drift < -k_tolerance) suspect_ = true;
  if (suspect_) return refuse(Code::clock_suspect);
  wall_ = wall;  // small corrections (NTP) are followed, so that they never add up to a jump
  steady_ = steady;
  latest_ = std::max(latest_, wall);
  return latest_;
}

void ClockGuard::confirm() {
  wall_ = clock_.wall();
  steady_ = clock_.steady();
  suspect_ = false;
}

}  // namespace sparkgate
