#include "workflows/registry/lifecycle.h"

#include <gtest/gtest.h>

#include "workflows/diagram.h"

namespace sparkgate::registry {
namespace {

constexpr std::string_view k_states[] = {"", "Registered", "Valid", "Suspended", "Revoked"};
constexpr std::string_view k_events[] = {"register", "verify", "amend", "suspend", "reinstate", "revoke", "erase"};

TEST(RegistryLifecycle, every_state_is_restored_by_name_and_steps_as_the_table_says) {
  std::string table;
  for (const std::string_view state : k_states) {
    for (const std::string_view event : k_events) {
      const auto plain = step(state, event, {});
      const auto verified = step(state, event, {.is_verified = true});
      const auto suspended = step(state, event, {.is_verified = true, .is_suspended = true});
      if (!plain && !verified && !suspended) continue;
      table += std::string(state) + " " + std::string(event) + ": " + plain.value_or("-") + " " +
               verified.value_or("-") + " " + suspended.value_or("-") + "\n";
    }
  }
  EXPECT_EQ(table,
            " register: Registered Valid Suspended\n"
            "Registered verify: Valid Valid Valid\n"
            "Registered amend: Registered Registered Registered\n"
            "Registered suspend: Suspended Suspended Suspended\n"
            "Registered revoke: Revoked Revoked Revoked\n"
            "Valid amend: Registered Valid Valid\n"
            "Valid suspend: Suspended Suspended Suspended\n"
            "Valid revoke: Revoked Revoked Revoked\n"
            "Suspended amend: Suspended Suspended Suspended\n"
            "Suspended reinstate: Valid Valid Valid\n"
            "Suspended revoke: Revoked Revoked Revoked\n"
            "Revoked erase: Revoked Revoked Revoked\n");
}

TEST(RegistryLifecycle, names_that_do_not_exist_lead_nowhere) {
  EXPECT_FALSE(step("Gone", "verify", {}));
  EXPECT_FALSE(step("Valid", "explode", {}));
}

TEST(RegistryLifecycle, diagram_is_the_table) {
  Description description;
  description.states = {{"Valid", {}, false}, {"Revoked", {}, true}};
  description.transitions = transitions();
  EXPECT_EQ(diagram(description),
            "stateDiagram-v2\n"
            "    [*] --> Registered : register\n"
            "    [*] --> Valid : register [is_verified]\n"
            "    [*] --> Suspended : register [is_suspended]\n"
            "    Registered --> Registered : amend\n"
            "    Registered --> Valid : verify\n"
            "    Registered --> Suspended : suspend\n"
            "    Registered --> Revoked : revoke\n"
            "    Valid --> Registered : amend\n"
            "    Valid --> Valid : amend [is_verified]\n"
            "    Valid --> Suspended : suspend\n"
            "    Valid --> Revoked : revoke\n"
            "    Suspended --> Suspended : amend\n"
            "    Suspended --> Valid : reinstate\n"
            "    Suspended --> Revoked : revoke\n"
            "    Revoked --> Revoked : erase\n"
            "    Revoked --> [*]\n");
}

}  // namespace
}  // namespace sparkgate::registry
