// The repository's own text files, for the tests of the house's rules.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sparkgate {

struct SourceFile {
  std::string path;  // from the root: "engine/base/json.h"
  std::string text;
};

/// Every file of the rooms and of the top level, sorted by path; without data sets, builds and node_modules.
const std::vector<SourceFile>& source_tree();

/// Names at the top level, without dot files and what git ignores.
std::vector<std::string> top_level_names();

/// C++ of the product or of the tests: .h, .cpp, .def.
bool is_code(std::string_view path);

/// Does `path` fit one of the patterns ("engine/*", "*/lifecycle.cpp"; `*` fits slashes too)?
bool fits_any(std::string_view path, const std::vector<std::string_view>& patterns);

/// Without line ends; a text that ends with one has no empty last line.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace sparkgate
