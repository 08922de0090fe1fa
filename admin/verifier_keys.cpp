#include "admin/verifier_keys.h"

#include <sstream>

namespace sparkgate::admin {

Result<std::vector<NoteVerifier>> verifier_keys(const std::vector<std::string>& texts) {
  std::vector<NoteVerifier> out;
  for (const std::string& text : texts) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      auto key = NoteVerifier::parse(line);
      if (!key) return tl::make_unexpected(key.error());
      out.push_back(std::move(*key));
    }
  }
  return out;
}

}  // namespace sparkgate::admin
