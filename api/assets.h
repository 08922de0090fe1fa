// The console's files as the binary carries them.
#pragma once

#include <map>
#include <string_view>

namespace sparkgate::api {

struct Asset {
  std::string_view type;  // media type
  std::string_view tag;   // changes with the content
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed
};

/// By path: "index.html", "assets/main-ABC.js".
using Assets = std::map<std::string_view, Asset>;

}  // namespace sparkgate::api
