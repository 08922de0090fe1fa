// Positions on the ground.
#pragma once

#include "engine/base/json.h"

namespace sparkgate::permit {

/// Great-circle distance of two {longitude, latitude} (decimal strings, degrees, WGS 84) in metres.
double distance_metres(const Json& a, const Json& b);

/// Checks an on-site act against the permit's place: a position (and a photo when asked for) is given and lies within
/// `geofence_metres`, its stated accuracy counted in its favour. Refuses with position_required, photo_required or
/// not_on_site. Returns the distance in whole metres.
Result<int64_t> check_on_site(const Json& place, const Json& payload, double geofence_metres, bool photo);

}  // namespace sparkgate::permit
