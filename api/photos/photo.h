// A photo as it is sent, read once: what is kept of it, and the copy that is shown.
#pragma once

#include <string>

#include "engine/store/store.h"

namespace sparkgate::api {

inline constexpr size_t k_most_photo_bytes = 12 << 20;

struct ReadPhoto {
  StoredPhoto photo;
  std::string display;  // a JPEG without metadata, upright, 2048 pixels long at most
};

/// Takes up to 130 MB while it works. Refuses as outline_of and decode_jpeg.
Result<ReadPhoto> read_photo(std::string_view bytes);

}  // namespace sparkgate::api
