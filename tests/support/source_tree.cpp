#include "tests/support/source_tree.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace sparkgate {
namespace {

namespace fs = std::filesystem;

bool is_ignored(const std::string& name) {
  static const std::set<std::string> k_folders = {"data", "node_modules", "corpus", "dist"};
  return k_folders.contains(name) || name.starts_with("build") || (name.starts_with('.') && name != ".ci");
}

std::string content(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

std::vector<SourceFile> read_tree() {
  const fs::path root(SOURCE_DIR);
  std::vector<SourceFile> files;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
    if (it->is_directory() && is_ignored(it->path().filename())) it.disable_recursion_pending();
    if (!it->is_regular_file() || it->path().filename().string().starts_with('.')) continue;
    files.push_back({it->path().lexically_relative(root).generic_string(), content(it->path())});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace

const std::vector<SourceFile>& source_tree() {
  static const std::vector<SourceFile> files = read_tree();
  return files;
}

std::vector<std::string> top_level_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with('.') && !(entry.is_directory() && is_ignored(name))) names.push_back(name);
  }
  return names;
}

bool is_code(std::string_view path) { return path.ends_with(".h") || path.ends_with(".cpp") || path.ends_with(".def"); }

bool fits_any(std::string_view path, const std::vector<std::string_view>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return fnmatch(std::string(pattern).c_str(), std::string(path).c_str(), 0) == 0;
  });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace sparkgate
