#include "api/words.h"

#include "engine/base/embedded.h"

namespace sparkgate::api {

Words::Words(std::string_view path) {
  const auto words = parse_json(embedded(path));
  if (!words) throw std::out_of_range(std::string(path) + " is no JSON");
  for (const auto& [key, text] : words->items()) words_[key] = {text_of(text, "zh"), text_of(text, "en")};
}

const Text& Words::at(std::string_view key) const {
  const auto found = words_.find(key);
  if (found == words_.end()) throw std::out_of_range("no word " + std::string(key));
  return found->second;
}

Json Words::all(Language language) const {
  Json out = Json::object();
  for (const auto& [key, text] : words_) out[key] = pick(text, language);
  return out;
}

std::string Words::say(std::string_view key, Language language, const Json& details) const {
  const Text& wording = at(key);
  const Text filled = sparkgate::fill(wording.zh, wording.en, details);
  return std::string(pick(filled, language));
}

}  // namespace sparkgate::api
