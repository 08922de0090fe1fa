#include "workflows/keys/lifecycle.h"

#include <gtest/gtest.h>

#include "workflows/diagram.h"
#include "workflows/keys/description.h"

namespace sparkgate::keys {
namespace {

TEST(KeyRingLifecycle, every_state_is_restored_by_name_and_steps_as_the_table_says) {
  std::string table;
  for (const std::string_view state : {"", "Inactive", "Active", "Closed"}) {
    for (const std::string_view event : {"enrol", "add_key", "endorse", "revoke_key", "close"}) {
      const auto without = step(state, event, {}), with = step(state, event, {.has_active_key = true});
      if (!without && !with) continue;
      table += std::string(state) + " " + std::string(event) + ": " + without.value_or("-") + " " + with.value_or("-") +
               "\n";
    }
  }
  EXPECT_EQ(table,
            " enrol: Inactive Active\n"
            "Inactive add_key: Inactive Active\n"
            "Inactive endorse: Inactive Active\n"
            "Inactive revoke_key: Inactive Inactive\n"
            "Inactive close: Closed Closed\n"
            "Active add_key: Active Active\n"
            "Active endorse: Active Active\n"
            "Active revoke_key: Inactive Active\n"
            "Active close: Closed Closed\n");
}

TEST(KeyRingLifecycle, diagram_is_the_table) {
  EXPECT_EQ(diagram(make_description()),
            "stateDiagram-v2\n"
            "    [*] --> Inactive : enrol\n"
            "    [*] --> Active : enrol [has_active_key]\n"
            "    Inactive --> Inactive : add_key\n"
            "    Inactive --> Active : add_key [has_active_key]\n"
            "    Inactive --> Inactive : endorse\n"
            "    Inactive --> Active : endorse [has_active_key]\n"
            "    Inactive --> Inactive : revoke_key\n"
            "    Inactive --> Closed : close\n"
            "    Active --> Active : add_key\n"
            "    Active --> Active : endorse\n"
            "    Active --> Inactive : revoke_key\n"
            "    Active --> Active : revoke_key [has_active_key]\n"
            "    Active --> Closed : close\n"
            "    Closed --> [*]\n");
}

}  // namespace
}  // namespace sparkgate::keys
