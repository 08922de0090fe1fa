#include "workflows/field/taking.h"

#include "engine/base/codes.h"
#include "workflows/photos.h"

namespace sparkgate::field {
namespace {

constexpr const char* k_claimed_times[] = {"sampled_at", "from", "until"};

}  // namespace

Result<Json> taken_payload(const Claim& claim, const Placing& placing) {
  Json out = claim.payload;
  for (const char* member : k_claimed_times) {
    const auto claimed = parse_time(text_of(claim.payload, member));
    if (!claimed) continue;  // it has none, or its schema refuses it
    if (*claimed > claim.wall) {
      return refuse(Code::time_impossible,
                    {{"path", std::string("/") + member}, {"actual", claim.payload.at(member)}});
    }
    out[member] = format_time(placing.earliest - (claim.wall - *claimed));
  }
  return out;
}

Result<void> check_photos(const Claim& claim, const Placing& placing, const PhotoTimes& taken) {
  for (const std::string& photo : photos_in(claim.payload)) {
    const auto asked = taken ? taken(photo) : std::nullopt;
    if (!asked) return tl::make_unexpected(asked.error());
    const std::optional<Time> time = *asked;
    if (!time || *time >= claim.wall - k_photo_margin) continue;
    return refuse(Code::photo_older_than_claimed, {{"actual", format_time(placing.at - (claim.wall - *time))},
                                                   {"needed", format_time(placing.at)}});
  }
  return {};
}

}  // namespace sparkgate::field
