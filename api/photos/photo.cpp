#include "api/photos/photo.h"

#include "api/photos/exif.h"
#include "api/photos/picture.h"

namespace sparkgate::api {

Result<ReadPhoto> read_photo(std::string_view bytes) {
  const auto jpeg = outline_of(bytes);
  if (!jpeg) return tl::make_unexpected(jpeg.error());
  auto decoded = decode_jpeg(*jpeg);
  if (!decoded) return tl::make_unexpected(decoded.error());
  PhotoClaims claims = claims_of(jpeg->exif);
  const Picture picture = upright(std::move(*decoded), claims.orientation);
  ReadPhoto out;
  out.photo.sha256 = hex(sha256(bytes));
  out.photo.bytes = static_cast<int64_t>(bytes.size());
  const bool is_turned = claims.orientation > 4;
  out.photo.width = is_turned ? jpeg->height : jpeg->width;
  out.photo.height = is_turned ? jpeg->width : jpeg->height;
  out.photo.taken_at = std::move(claims.taken_at);
  out.photo.longitude = std::move(claims.longitude);
  out.photo.latitude = std::move(claims.latitude);
  out.photo.look = look_of(picture);
  out.display = encode_jpeg(picture);
  return out;
}

}  // namespace sparkgate::api
