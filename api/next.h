// What may come next in a state, from the transition tables alone: no instance and no rule is looked at.
#pragma once

#include "engine/registry.h"

namespace sparkgate::api {

class Next {
 public:
  explicit Next(const Registry& registry);
  /// Names of the events that lead on from `state` and that one of the actor's roles may send, in the table's order.
  std::vector<std::string> events(std::string_view workflow, std::string_view state, const Actor& actor) const;

 private:
  std::map<std::pair<std::string, std::string>, std::vector<const EventSpec*>, std::less<>> by_state_;
};

/// Does the actor hold one of the event's roles, anywhere at all?
bool holds_role_of(const EventSpec& event, const Actor& actor);

}  // namespace sparkgate::api
