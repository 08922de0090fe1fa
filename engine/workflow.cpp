#include "engine/workflow.h"

namespace sparkgate {

Actor system_actor() {
  Actor actor;
  actor.name = "system";
  actor.system = true;
  return actor;
}

std::string Cast::find(std::string_view person) const {
  for (auto it = people_.begin(); it != people_.end(); ++it) {
    if (text_of(*it, "person") == person) return it.key();
  }
  return "";
}

std::string Cast::name(const std::string& person, const Json& about) {
  std::string known = find(person);
  if (!known.empty()) return known;
  std::string fresh = "p" + std::to_string(people_.size() + 1);
  Json entry = about;
  entry["person"] = person;
  people_[fresh] = std::move(entry);
  return fresh;
}

const EventSpec* Description::event(std::string_view event_name) const {
  for (const EventSpec& spec : events) {
    if (spec.name == event_name) return &spec;
  }
  return nullptr;
}

const StateSpec* Description::state(std::string_view state_name) const {
  for (const StateSpec& spec : states) {
    if (spec.name == state_name) return &spec;
  }
  return nullptr;
}

}  // namespace sparkgate
