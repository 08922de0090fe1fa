// Photos made by the test itself: pictures, encoded by libjpeg-turbo, with Exif as libexif writes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/photos/picture.h"

namespace sparkgate::test {

/// Of a scene that its number tells from others; smooth, as photographs are.
api::Picture a_scene(int width, int height, int number = 1);
/// The picture in fewer pixels.
api::Picture halved(const api::Picture& picture);

struct Encoding {
  int quality = 90;
  bool progressive = false;
  bool grey = false;
};
std::string jpeg_of(const api::Picture& picture, const Encoding& encoding = {});
std::string a_jpeg(int width = 160, int height = 120, int number = 1);

struct Exif {
  bool big_endian = false;
  int orientation = 0;            // 0: none
  std::string taken_at, offset;   // "2026:03:02 09:00:00", "+08:00"; "": none
  std::string north_south, east_west;  // "N", "E"; "": no position
  // degrees, minutes, seconds, each over its divisor
  struct Rational {
    uint32_t above, below;
  };
  Rational latitude[3] = {{29, 1}, {55, 1}, {4591, 100}};    // 29.929419
  Rational longitude[3] = {{107, 1}, {37, 1}, {295, 100}};  // 107.617486
};
/// "Exif", two NULs and the TIFF.
std::string exif_segment(const Exif& exif);

/// The JPEG with one more segment behind its first two bytes.
std::string with_segment(const std::string& jpeg, unsigned char marker, std::string_view content);
std::string with_exif(const std::string& jpeg, const Exif& exif);
/// The JPEG with another size in its frame header; the rest stays.
std::string with_claimed_size(std::string jpeg, int width, int height);

}  // namespace sparkgate::test
