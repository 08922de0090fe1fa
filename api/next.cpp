#include "api/next.h"

namespace sparkgate::api {

Next::Next(const Registry& registry) {
  for (const Registered& registered : registry.all()) {
    const Description& description = registered.workflow->description();
    for (const TransitionSpec& row : description.transitions) {
      const EventSpec* event = description.event(row.event);
      if (!event || event->creates) continue;
      auto& events = by_state_[{description.name, row.from}];
      if (std::find(events.begin(), events.end(), event) == events.end()) events.push_back(event);
    }
  }
}

std::vector<std::string> Next::events(std::string_view workflow, std::string_view state, const Actor& actor) const {
  std::vector<std::string> out;
  const auto at = by_state_.find(std::pair<std::string, std::string>(workflow, state));
  if (at == by_state_.end()) return out;
  for (const EventSpec* event : at->second) {
    if (holds_role_of(*event, actor)) out.push_back(event->name);
  }
  return out;
}

bool holds_role_of(const EventSpec& event, const Actor& actor) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return std::find(event.roles.begin(), event.roles.end(), grant.role) != event.roles.end();
  });
}

}  // namespace sparkgate::api
