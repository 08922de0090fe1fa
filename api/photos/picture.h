// Pictures as pixels: from a JPEG and back to one, upright, small enough to be shown, and how they look.
#pragma once

#include <cstdint>
#include <vector>

#include "api/photos/jpeg_outline.h"

namespace sparkgate::api {

inline constexpr int k_longest_display_side = 2048;

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb;  // row by row, 3 bytes a pixel
};

/// Scaled down while it is decoded, to at most k_longest_display_side: memory does not grow with the original.
/// Refuses photo_unusable for whatever is damaged.
Result<Picture> decode_jpeg(const JpegOutline& jpeg);

/// Turned and mirrored as Exif's orientation (1 to 8) says.
Picture upright(Picture picture, int orientation);

/// A JPEG with the pixels and nothing else.
std::string encode_jpeg(const Picture& picture);

/// 64 bits, each telling whether brightness rises from one of 9 × 8 fields to its right neighbour: little of it changes
/// when a picture is made smaller or encoded anew.
uint64_t look_of(const Picture& picture);

}  // namespace sparkgate::api
