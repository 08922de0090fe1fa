// Words of pages and papers that the service makes itself: an embedded JSON file of {key: {zh, en}}.
#pragma once

#include <map>
#include <string>

#include "engine/base/json.h"

namespace sparkgate::api {

class Words {
 public:
  /// `path`: of a file that the build embeds. Throws std::out_of_range when it does not.
  explicit Words(std::string_view path);

  /// Throws std::out_of_range for a key that the file lacks.
  const Text& at(std::string_view key) const;
  bool has(std::string_view key) const { return words_.contains(key); }
  std::string say(std::string_view key, Language language) const { return std::string(pick(at(key), language)); }
  /// {key: text}, for a template.
  Json all(Language language) const;
  /// With each `{name}` replaced by the member of the details.
  std::string say(std::string_view key, Language language, const Json& details) const;

 private:
  std::map<std::string, Text, std::less<>> words_;
};

}  // namespace sparkgate::api
