#include "workflows/hot_work_permit/place.h"

#include <cmath>
#include <numbers>

#include "engine/base/codes.h"

namespace sparkgate::permit {
namespace {

constexpr double k_earth_radius_metres = 6371008.8;

double radians(const Json& object, const char* member) {
  return std::strtod(text_of(object, member).c_str(), nullptr) * std::numbers::pi / 180;
}

}  // namespace

double distance_metres(const Json& a, const Json& b) {
  const double lat_a = radians(a, "latitude"), lat_b = radians(b, "latitude");
  const double dlat = lat_b - lat_a, dlon = radians(b, "longitude") - radians(a, "longitude");
  const double cosines = std::cos(lat_a) * std::cos(lat_b);
  const double h = std::pow(std::sin(dlat / 2), 2) + cosines * std::pow(std::sin(dlon / 2), 2);
  return 2 * k_earth_radius_metres * std::asin(std::min(1.0, std::sqrt(h)));
}

Result<int64_t> check_on_site(const Json& place, const Json& payload, double geofence_metres, bool photo) {
  const auto position = payload.find("position");
  if (position == payload.end()) return refuse(Code::position_required);
  if (photo && !payload.contains("photo")) return refuse(Code::photo_required);
  const double distance = distance_metres(place, *position);
  // An accuracy worse than the fence itself says nothing, so it is not credited beyond it.
  const double credit = std::min(position->at("accuracy_metres").get<double>(), geofence_metres);
  if (distance - credit > geofence_metres) {
    return refuse(Code::not_on_site,
                  {{"actual", std::llround(distance)}, {"needed", std::llround(geofence_metres)}});
  }
  return std::llround(distance);
}

}  // namespace sparkgate::permit
