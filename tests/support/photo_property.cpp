#include "tests/support/photo_property.h"

#include <algorithm>
#include <bit>

#include "api/photos/exif.h"
#include "api/photos/photo.h"
#include "api/photos/picture.h"

namespace sparkgate::test {
namespace {

constexpr int k_most_changed_bits = 24;  // of the look, by encoding alone: much of it may be one colour

bool is_degrees(const std::string& text) {
  return text.size() <= 11 && text.find_first_not_of("-.0123456789") == text.npos;
}

std::string broken_promise_of(const StoredPhoto& photo) {
  if (photo.width < 1 || photo.height < 1 || std::max(photo.width, photo.height) > 16384) return "sizes are bounded";
  if (!photo.taken_at.empty() && !parse_time(photo.taken_at) && !parse_time(photo.taken_at + "Z")) {
    return "a time is one";
  }
  if (photo.latitude.empty() != photo.longitude.empty()) return "a position has both";
  if (!is_degrees(photo.latitude) || !is_degrees(photo.longitude)) return "a position is in degrees";
  return "";
}

}  // namespace

std::string broken_photo_promise(std::string_view bytes) {
  const api::PhotoClaims claims = api::claims_of(bytes);  // must not lean on the segments around it
  if (claims.orientation < 1 || claims.orientation > 8) return "a side is up";
  const auto read = api::read_photo(bytes);
  if (!read) return "";
  if (const auto broken = broken_promise_of(read->photo); !broken.empty()) return broken;
  const auto again = api::read_photo(read->display);
  if (!again) return "the copy is a photo";
  if (!again->photo.taken_at.empty() || !again->photo.latitude.empty()) return "the copy claims nothing";
  if (std::max(again->photo.width, again->photo.height) > api::k_longest_display_side) return "the copy is small";
  if (again->photo.width > read->photo.width || again->photo.height > read->photo.height) return "nothing grows";
  if (std::popcount(again->photo.look ^ read->photo.look) > k_most_changed_bits) return "the copy looks the same";
  return "";
}

}  // namespace sparkgate::test
