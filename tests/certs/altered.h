// Every way in which a short text can come out altered, one at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sparkgate::test {

/// Each bit flipped, each end and each beginning cut off, one byte more at either end.
inline std::vector<std::string> altered(std::string_view text) {
  std::vector<std::string> out = {std::string(text) + '\0', '\0' + std::string(text)};
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    out.emplace_back(text)[bit / 8] ^= static_cast<char>(1 << bit % 8);
  }
  for (size_t size = 0; size < text.size(); ++size) {
    out.emplace_back(text.substr(0, size));
    out.emplace_back(text.substr(text.size() - size));
  }
  return out;
}

}  // namespace sparkgate::test
