// What a photo's Exif claims: when and where it was taken, and which side is up.
#pragma once

#include <string>
#include <string_view>

namespace sparkgate::api {

/// Claims, not facts: whoever sends a file may have written them. "" where nothing (legible) is claimed.
struct PhotoClaims {
  std::string taken_at;             // "2026-03-02T09:00:00+08:00", or without the offset where the camera tells none
  std::string longitude, latitude;  // WGS 84, decimal degrees; both or none
  int orientation = 1;              // 1 to 8, as in TIFF 6.0
};

/// `tiff`: an Exif segment behind its "Exif". Reads the six tags that it needs and nothing else; never fails, what
/// cannot be read is not claimed.
PhotoClaims claims_of(std::string_view tiff);

}  // namespace sparkgate::api
