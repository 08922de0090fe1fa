// Erasure of permits when their retention ends, and of registry records by an administrator.
#include <gtest/gtest.h>

#include "engine/journal/entry.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Town;

// Every judgement in the entries, made again from the facts alone.
int judged_again_alike(Town& town, const std::vector<journal::Entry>& entries) {
  int count = 0;
  for (const auto& entry : entries) {
    const Json facts = parse_json(entry.facts.json).value();
    if (!facts.contains("decision")) continue;
    const Json& decision = facts["decision"];
    const auto* pack = town.packs().by_digest(text_of(decision["pack"], "digest"));
    const auto again = pack->judge(text_of(decision, "stage"), decision["inputs"]);
    Json findings = Json::array();
    for (const Finding& finding : again.findings) findings.push_back(to_json(finding));
    EXPECT_EQ(findings, decision["findings"]);
    EXPECT_EQ(again.grade, decision["grade"]);
    ++count;
  }
  return count;
}

TEST(Erasure, of_a_permit_comes_with_the_end_of_its_retention_and_leaves_the_judgements) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Closed");
  const size_t entries_before = town.engine().read()->entries(id).size();
  town.clock.advance(hours(24) * 3 * 365 - minutes(1));
  ASSERT_TRUE(town.engine().tick());
  EXPECT_FALSE(town.get(id)->personal->empty()) << "a minute too early";
  town.clock.advance(minutes(2));
  ASSERT_TRUE(town.engine().tick());
  const InstancePtr permit = town.get(id);
  EXPECT_EQ(permit->state, "Closed");
  EXPECT_TRUE(permit->personal->empty()) << *permit->personal;
  EXPECT_TRUE(permit->data.contains("erased_at"));
  EXPECT_TRUE(permit->timers.empty());
  const auto entries = town.engine().read()->entries(id);
  ASSERT_EQ(entries.size(), entries_before + 1);
  for (const auto& entry : entries) EXPECT_TRUE(!entry.personal || entry.personal->json == "{}");
  EXPECT_TRUE(journal::verify_chain(entries));
  const auto again = replay(town.permits(), entries);
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data, permit->data);
  EXPECT_EQ(again->state, "Closed");
  EXPECT_GE(judged_again_alike(town, entries), 2);
}

TEST(Erasure, of_every_ended_permit_replays) {
  for (const char* event : {"withdraw", "reject", "revoke"}) {
    Town town;
    const std::string id = town.draft();
    town.lead(id, event == std::string("revoke") ? "Approved" : "UnderReview");
    town.must(event == std::string("withdraw") ? "applicant" : "supervisor1", id, event, town.payload(id, event));
    town.clock.advance(hours(24) * 3 * 365);
    ASSERT_TRUE(town.engine().tick());
    EXPECT_TRUE(town.get(id)->personal->empty()) << event;
    const auto again = replay(town.permits(), town.engine().read()->entries(id));
    ASSERT_TRUE(again) << event << ": " << describe(again.error());
    EXPECT_EQ(again->data, town.get(id)->data) << event;
  }
}

TEST(Erasure, of_a_permit_is_nobody_s_to_ask_for) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Closed");
  EXPECT_EQ(Town::outcome(town.send("admin", id, "erase")), "role_required");
  EXPECT_EQ(Town::outcome(town.send("system", town.draft(), "erase")), "wrong_state") << "it has not ended";
}

Receipt to_record(Town& town, const std::string& id, const std::string& event, Json payload) {
  Command command;
  command.workflow = "person";
  command.instance = id;
  command.event = event;
  command.payload = std::move(payload);
  command.actor = id.empty() ? system_actor() : town.actor("admin");
  if (!id.empty()) command.expected_version = town.get(id)->version;
  const auto done = town.engine().execute(command);
  if (!done) throw std::runtime_error(describe(done.error()));
  return *done;
}

TEST(Erasure, of_a_revoked_record_is_an_administrator_s) {
  Town town;
  const std::string id =
      to_record(town, "", "register", {{"name", "程某某"}, {"id_number", "110101199001011237"}}).instance;
  EXPECT_THROW(to_record(town, id, "erase", Json::object()), std::runtime_error) << "it is still valid";
  to_record(town, id, "revoke", {{"note", "离职"}});
  to_record(town, id, "erase", Json::object());
  const InstancePtr record = town.get(id);
  EXPECT_EQ(record->state, "Revoked");
  EXPECT_EQ(record->personal->dump().find("程某某"), std::string::npos);
  EXPECT_EQ(record->personal->dump().find("离职"), std::string::npos);
  EXPECT_TRUE(town.engine().read()->linked("person", "id_number", "110101199001011237").empty());
  const auto entries = town.engine().read()->entries(id);
  EXPECT_TRUE(journal::verify_chain(entries));
  for (size_t i = 0; i + 1 < entries.size(); ++i) EXPECT_FALSE(entries[i].personal) << i;
  const auto again = replay(*town.engine().registry().find("person"), entries);
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(*again->personal, *record->personal);
  EXPECT_EQ(again->data, record->data);
}

}  // namespace
}  // namespace sparkgate
