// The outline of a JPEG: where it ends, how large its picture is, and what decoding it would cost; without decoding.
#pragma once

#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate::api {

/// All parts borrow from the bytes.
struct JpegOutline {
  std::string_view picture;  // from the first byte to the end mark; phones append things of their own behind it
  std::string_view exif;     // the TIFF within the first Exif segment; "": none
  int width = 0, height = 0;
};

/// A baseline, extended or progressive JPEG in grey or three colours of 8 bits.
/// Refuses photo_unusable: something else, broken or cut short, or one whose decoding would take too much memory or
/// time by its many scans; and photo_too_many_pixels: over 100 megapixels, or longer than 16,384 on a side.
Result<JpegOutline> outline_of(std::string_view bytes);

/// photo_unusable, with the reason in both languages.
tl::unexpected<Refusal> photo_unusable(std::string_view zh, std::string_view en);

}  // namespace sparkgate::api
