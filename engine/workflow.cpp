#include "engine/workflow.h"

namespace sparkgate {

std::string_view name_of(Signing signing) {
  constexpr std::string_view k_names[] = {"none", "possible", "enroller_key", "new_key"};
  return k_names[static_cast<size_t>(signing)];
}

Actor system_actor() {
  Actor actor;
  actor.name = "system";
  actor.system = true;
  return actor;
}

std::string Cast::find(std::string_view person) const {
  for (const Json* people : {&known_, &added_}) {
    for (auto it = people->begin(); it != people->end(); ++it) {
      if (text_of(*it, "person") == person) return it.key();
    }
  }
  return "";
}

std::string Cast::name(const std::string& person, const Json& about) {
  std::string known = find(person);
  if (!known.empty()) return known;
  std::string fresh = "p" + std::to_string(known_.size() + added_.size() + 1);
  Json entry = about;
  entry["person"] = person;
  added_[fresh] = std::move(entry);
  return fresh;
}

const Json& people_of(const Instance& instance) {
  static const Json k_nobody = Json::object();
  const auto people = instance.personal->find("people");
  return people == instance.personal->end() ? k_nobody : *people;
}

void add_people(Instance& instance, const Json& people) {
  Json personal = instance.personal;
  personal["people"].update(people);
  instance.personal = std::move(personal);
}

const EventSpec* Description::event(std::string_view event_name) const {
  for (const EventSpec& spec : events) {
    if (spec.name == event_name) return &spec;
  }
  return nullptr;
}

const EventSpec* Description::creating_event() const {
  const auto found = std::find_if(events.begin(), events.end(), [](const EventSpec& spec) { return spec.creates; });
  return found == events.end() ? nullptr : &*found;
}

bool Description::leads(std::string_view from, std::string_view event_name) const {
  return std::any_of(transitions.begin(), transitions.end(),
                     [&](const TransitionSpec& row) { return row.from == from && row.event == event_name; });
}

const StateSpec* Description::state(std::string_view state_name) const {
  for (const StateSpec& spec : states) {
    if (spec.name == state_name) return &spec;
  }
  return nullptr;
}

}  // namespace sparkgate
