// Files that travel inside the binary, by their path in the repository (made by the build).
#pragma once

#include <map>
#include <string_view>
#include <vector>

namespace sparkgate {

const std::map<std::string_view, std::string_view>& embedded_files();

/// The file's bytes. Throws std::out_of_range when the build does not embed it.
inline std::string_view embedded(std::string_view path) { return embedded_files().at(path); }

/// Paths below `folder` ("workflows/rules/packs/"), sorted.
inline std::vector<std::string_view> embedded_below(std::string_view folder) {
  std::vector<std::string_view> out;
  for (const auto& [path, bytes] : embedded_files()) {
    if (path.substr(0, folder.size()) == folder) out.push_back(path);
  }
  return out;
}

}  // namespace sparkgate
