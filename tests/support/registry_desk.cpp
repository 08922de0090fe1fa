#include "tests/support/registry_desk.h"

namespace sparkgate::test {

RegistryDesk::RegistryDesk() {
  for (auto& workflow : registry::workflows()) registry_.add(std::move(workflow));
}

Actor actor_with(std::vector<Grant> grants, std::string person, std::string account) {
  return {std::move(account), std::move(person), "somebody", std::move(grants), false};
}

std::string RegistryDesk::run(const std::string& kind, const std::string& id, const std::string& event,
                              const Json& payload, const Actor& actor) {
  const Workflow& flow = workflow(kind);
  const auto refused = [&](const Refusal& why) {
    refusal = why.details;
    return std::string(refusal_row(why.code).name);
  };
  if (auto fits = registry_.check(flow, event, payload); !fits) return refused(fits.error());
  const InstancePtr before = view.find(id);
  Command command{kind, id, event, payload, actor, {}, "", {}, {}};
  if (flow.description().event(event)->secret) {
    if (auto prepared = flow.prepare(command, view, random_); !prepared) return refused(prepared.error());
  }
  const Instance nothing;
  const Situation situation{before ? *before : nothing, event, actor, Time{}, view, random_};
  Cast cast(people_of(situation.instance));
  auto decision = flow.decide(situation, command.payload, cast);
  if (!decision) return refused(decision.error());
  last = *decision;
  secrets = command.secrets;
  Instance next = situation.instance, erased = situation.instance;
  if (auto applied = flow.apply(next, {event, "p1", Time{}, last.facts, last.personal}); !applied) {
    return refused(applied.error());
  }
  const bool replays = flow.apply(erased, {event, "p1", Time{}, last.facts, Json()}).has_value();
  if (!replays || erased.state != next.state || erased.data != next.data) return "replay differs";
  next.id = id;
  next.workflow = kind;
  next.version += 1;
  const std::string state = next.state;
  Index index = flow.index(next, view);
  view.put(std::move(next), std::move(index.links));
  return state;
}

}  // namespace sparkgate::test
