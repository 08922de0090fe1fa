// What a permit takes from the registers: live records alone, whatever the case of the number that names them.
#include <gtest/gtest.h>

#include "tests/support/town.h"
#include "workflows/registry/kinds.h"

namespace sparkgate {
namespace {

using test::Town;

constexpr const char* k_welder = "T500230198604120315";
constexpr const char* k_watch = "500230198302140863";

class PermitRegisters : public testing::Test {
 protected:
  std::vector<InstancePtr> live(const std::string& kind, const std::string& key) {
    const auto reader = town.engine().read();
    return registry::find_all(ReaderView(*reader), kind, key);
  }
  void revoke(const std::string& kind, const std::string& key) {
    const auto records = live(kind, key);
    ASSERT_FALSE(records.empty()) << kind << " " << key;
    for (const InstancePtr& record : records) {
      Command command{kind, record->id, "revoke", {{"note", "登记错误"}}, system_actor(), record->version, "", {}};
      const auto done = town.engine().execute(command);
      ASSERT_TRUE(done) << describe(done.error());
    }
  }
  std::string refusal_of(const Json& application) {
    const auto done = town.send("applicant", "", "create", application);
    return done ? "" : text_of(done.error().details, "path") + " " + Town::outcome(done);
  }
  Town town;
};

TEST_F(PermitRegisters, a_revoked_unit_or_person_is_not_registered) {
  revoke("unit", "91500230MADEMA11X1");
  EXPECT_EQ(refusal_of(town.application()), "/owner_unit unknown_reference");
  revoke("person", "500230199001011093");
  EXPECT_EQ(refusal_of(town.application({{"owner_unit", "91500230MADEMA12X2"}})),
            "/person_in_charge unknown_reference");
}

TEST_F(PermitRegisters, a_permit_lies_in_a_registered_area) {
  EXPECT_EQ(refusal_of(town.application({{"area", "500230111201-99"}})), "/area unknown_reference");
}

TEST_F(PermitRegisters, a_permit_is_linked_to_live_records_alone) {
  const std::string machine = "DEMO-WM-01";
  std::vector<std::pair<std::string, std::string>> gone;
  for (const auto& [kind, key] : std::vector<std::pair<std::string, std::string>>{
           {"certificate", k_welder}, {"fire_watch", k_watch}, {"machine", machine}}) {
    for (const InstancePtr& record : live(kind, key)) gone.emplace_back(kind, record->id);
    revoke(kind, key);
  }
  const InstancePtr permit = town.get(town.draft());
  for (const auto& [kind, id] : gone) {
    const auto reader = town.engine().read();
    EXPECT_EQ(reader->linked("hot_work_permit", kind, id), std::vector<std::string>()) << kind;
  }
  EXPECT_EQ(permit->data.at("application").at("operators").size(), 1u) << "the qualification check says the rest";
}

// Who takes part must not become another by a small letter: separation of duties compares persons.
TEST_F(PermitRegisters, numbers_name_the_same_person_in_any_case) {
  const std::string number = "50023019780220112x";  // registered with a capital X; supervisor2's
  const Json changes = {{"fire_watch", number}, {"machines", {"demo-wm-01"}}};
  const std::string id = town.draft(town.application(changes));
  const InstancePtr permit = town.get(id);
  const std::string watch = text_of(permit->data.at("application"), "fire_watch");
  EXPECT_EQ(text_of(permit->personal->at("people").at(watch), "person"), town.actor("supervisor2").person);
  const auto machine = live("machine", "DEMO-WM-01");
  ASSERT_EQ(machine.size(), 1u);
  EXPECT_EQ(town.engine().read()->linked("hot_work_permit", "machine", machine[0]->id), std::vector{id});
  EXPECT_EQ(refusal_of(town.application({{"person_in_charge", number}})), "");
}

}  // namespace
}  // namespace sparkgate
