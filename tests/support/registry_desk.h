// The registry's workflows over a FakeView: what the engine does with a command, without store or log.
#pragma once

#include "engine/registry.h"
#include "tests/support/fake_view.h"
#include "workflows/registry/workflow.h"

namespace sparkgate::test {

class RegistryDesk {
 public:
  RegistryDesk();

  /// The state after the event, or the refusal's code. Replays the entry with personal data erased, too, and says
  /// "replay differs" should that lead elsewhere.
  std::string run(const std::string& kind, const std::string& id, const std::string& event, const Json& payload,
                  const Actor& actor);

  FakeView view;
  Decision last;  // of the latest event that was not refused
  std::vector<std::pair<std::string, std::string>> secrets;  // of that event
  Json refusal;   // details of the latest refusal
  const Workflow& workflow(std::string_view kind) const { return *registry_.find(kind); }

 private:
  Registry registry_;
  SystemRandom random_;
};

Actor actor_with(std::vector<Grant> grants, std::string person = "", std::string account = "");

}  // namespace sparkgate::test
