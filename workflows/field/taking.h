// What the server makes of times that a device claims by its wall clock.
#pragma once

#include <functional>

#include "workflows/field/report.h"

namespace sparkgate::field {

/// How much older than its event a photo may be.
inline constexpr auto k_photo_margin = minutes(10);

/// The payload with `sampled_at`, `from` and `until`, where it has them, in the server's time. How long before the
/// event a sample was taken is the difference of two readings of the wall clock, so its error falls out; it is counted
/// back from the earliest instant of the event, since a test must never look fresher than it is. Refuses
/// time_impossible for one that is later than its event.
Result<Json> taken_payload(const Claim& claim, const Placing& placing);

/// When the photo of that SHA-256 says it was taken, by the same wall clock; nothing when it says nothing. May refuse a
/// photo that the event must not refer to.
using PhotoTimes = std::function<Result<std::optional<Time>>(std::string_view sha256)>;

/// Refuses photo_older_than_claimed: `photo` or one of `photos` was taken more than the margin before the event, both
/// by the wall clock, whose error falls out; and as `taken` does.
Result<void> check_photos(const Claim& claim, const Placing& placing, const PhotoTimes& taken);

}  // namespace sparkgate::field
