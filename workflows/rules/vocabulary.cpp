#include "workflows/rules/vocabulary.h"

#include <stdexcept>

#include "engine/base/embedded.h"

namespace sparkgate::rules {
namespace {

constexpr std::string_view k_type_names[] = {"boolean", "number", "text", "day", "time", "list"};

Type type_from(std::string_view name) {
  for (size_t i = 0; i < std::size(k_type_names); ++i) {
    if (name == k_type_names[i]) return static_cast<Type>(i);
  }
  throw std::runtime_error("vocabulary.json: no such type: " + std::string(name));
}

std::map<std::string, Fact, std::less<>> read_table() {
  std::map<std::string, Fact, std::less<>> facts;
  const Json table = Json::parse(embedded("workflows/rules/vocabulary.json"));
  for (const Json& row : table.at("facts")) {
    facts[row.at("fact")] = {type_from(row.at("type").get<std::string>()),
                             row.value("nullable", false),
                             row.value("on_site", false),
                             row.value("item", ""),
                             row.value("subject", ""),
                             row.value("values", std::vector<std::string>())};
  }
  return facts;
}

}  // namespace

std::string_view name_of(Type type) { return k_type_names[static_cast<size_t>(type)]; }

const std::map<std::string, Fact, std::less<>>& vocabulary() {
  static const auto facts = read_table();
  return facts;
}

}  // namespace sparkgate::rules
