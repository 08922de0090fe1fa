// Whom a permit names: by records that are in force, as the registers stand at submit; and whose record stops the work.
#include <gtest/gtest.h>

#include "tests/support/fake_view.h"
#include "tests/support/permit_states.h"
#include "tests/support/town.h"
#include "workflows/hot_work_permit/people.h"
#include "workflows/registry/kinds.h"

namespace sparkgate {
namespace {

using test::Town;

constexpr const char* k_welder = "500230198604120315";
constexpr const char* k_supervisor = "500230198107071110";
constexpr const char* k_clerk = "500230199001011093";
constexpr const char* k_watch = "500230198302140863";
constexpr const char* k_next_watch = "500230199205090977";

Json certificate_of(const std::string& id_number, const std::string& number, const std::string& kind) {
  return {{"name", "某人"},
          {"id_number", id_number},
          {"certificate_no", number},
          {"issuer", "应急"},
          {"class", kind},
          {"issued_on", "2025-06-10"},
          {"valid_until", "2031-06-10"},
          {"review_due", "2028-06-10"},
          {"unit", "91500230MADEMA01XB"}};
}

Instance record_of(const std::string& id, const std::string& kind, const std::string& state, const Json& id_number) {
  Instance out;
  out.id = id;
  out.workflow = kind;
  out.state = state;
  out.personal = Json{{"id_number", id_number}};
  return out;
}

class PermitPeople : public testing::Test {
 protected:
  Result<Receipt> record(const std::string& login, const std::string& kind, const std::string& id,
                         const std::string& event, const Json& payload) {
    const auto version = id.empty() ? std::nullopt : std::optional(town.get(id)->version);
    return town.engine().execute({kind, id, event, payload, town.actor(login), version, "", {}});
  }
  std::string id_of(const std::string& kind, const std::string& key) {
    const auto reader = town.engine().read();
    const auto found = registry::find_one(ReaderView(*reader), kind, key);
    return found ? found->id : "";
  }
  // Who works on it, by the registers.
  std::string operator_of(const std::string& id) {
    const InstancePtr permit = town.get(id);
    const std::string name = permit->data.at("application").at("operators").at(0);
    return text_of(permit->personal->at("people").at(name), "person");
  }
  bool is_linked(const std::string& id, const std::string& kind, const std::string& ref) {
    const auto ids = town.engine().read()->linked("hot_work_permit", kind, ref);
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }
  Town town;
};

TEST_F(PermitPeople, a_second_record_of_a_number_never_changes_who_the_operator_is) {
  const Json other = certificate_of(k_clerk, "T" + std::string(k_welder), "压力焊");
  EXPECT_EQ(Town::outcome(record("applicant", "certificate", "", "register", other)), "payload_invalid");
  EXPECT_EQ(operator_of(town.draft()), id_of("person", k_welder));
}

// As older stores may hold them: several records of one number, several holders.
TEST(PermitNaming, the_holder_is_whom_the_records_in_force_name) {
  struct Row {
    std::vector<std::pair<const char*, const char*>> records;  // state, holder
    const char* named;
  };
  const Row rows[] = {
      {{{"Registered", "B"}, {"Valid", "A"}}, "A"},     {{{"Valid", "A"}, {"Registered", "B"}}, "A"},
      {{{"Suspended", "A"}, {"Registered", "B"}}, "A"}, {{{"Registered", "B"}}, "B"},
      {{{"Revoked", "B"}, {"Suspended", "A"}}, "A"},    {{{"Valid", "A"}, {"Valid", "A"}}, "A"},
      {{{"Valid", "A"}, {"Valid", "B"}}, ""},           {{}, ""},
  };
  for (const Row& row : rows) {
    test::FakeView view;
    int serial = 0;
    for (const char* id : {"A", "B"}) {
      view.put(record_of(id, "person", "Valid", id), {{"id_number", id}});
    }
    for (const auto& [state, holder] : row.records) {
      const std::string id = "c" + std::to_string(++serial);
      view.put(record_of(id, "certificate", state, holder), {{"certificate_no", "N-1"}});
    }
    const Json nobody = Json::object();
    Cast cast(nobody);
    const std::string name = permit::Naming(view, cast).known_holder("n-1");
    EXPECT_EQ(name.empty() ? "" : text_of(cast.added().at(name), "person"), row.named);
  }
}

// The form says what it said; but nobody may approve their own work because the register was late.
TEST_F(PermitPeople, submit_names_whom_the_mended_registers_know) {
  const std::string number = "T" + std::string(k_supervisor);
  const std::string id = town.draft(town.application({{"operators", {number}}}));
  town.must("applicant", id, "submit");
  ASSERT_EQ(town.state(id), "Returned");
  const auto done =
      record("system", "certificate", "", "register", certificate_of(k_supervisor, number, "熔化焊接与热切割"));
  ASSERT_TRUE(done) << describe(done.error());
  const std::string before = town.get(id)->data.at("scope_hash");
  town.must("applicant", id, "submit");
  ASSERT_EQ(town.state(id), "UnderReview");
  EXPECT_EQ(operator_of(id), id_of("person", k_supervisor));
  EXPECT_NE(town.get(id)->data.at("scope_hash"), before) << "an approver sees somebody else";
  EXPECT_TRUE(is_linked(id, "certificate", id_of("certificate", number)));
  town.must("site_owner", id, "consent");
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve")), "separation_of_duties");
  EXPECT_EQ(Town::outcome(town.send("supervisor2", id, "approve")), "ok");
}

TEST_F(PermitPeople, submit_changes_nobody_whom_the_registers_no_longer_know) {
  const std::string id = town.draft();
  const Json application = town.get(id)->data.at("application");
  const std::string certificate = id_of("certificate", "T" + std::string(k_welder));
  ASSERT_TRUE(record("system", "certificate", certificate, "revoke", {{"note", "登记错误"}}));
  town.must("applicant", id, "submit");
  EXPECT_EQ(town.state(id), "Returned");
  EXPECT_EQ(town.get(id)->data.at("application"), application) << "who works is who they were";
}

TEST_F(PermitPeople, submit_of_what_has_not_changed_says_nothing_of_people) {
  const std::string id = town.draft();
  const InstancePtr draft = town.get(id);
  town.must("applicant", id, "submit");
  EXPECT_EQ(town.get(id)->data.at("scope_hash"), draft->data.at("scope_hash"));
  EXPECT_EQ(town.get(id)->personal->at("links"), draft->personal->at("links"));
}

TEST_F(PermitPeople, work_stops_for_the_record_of_the_watch_who_took_over) {
  const std::string id = test::permit_in(town, "InProgress");
  town.must("fire_watch", id, "hand_over_watch");
  town.must("fire_watch2", id, "take_over_watch");
  const std::string former = id_of("fire_watch", k_watch), now = id_of("fire_watch", k_next_watch);
  ASSERT_TRUE(record("system", "fire_watch", former, "suspend", {{"note", "培训失效"}}));
  EXPECT_EQ(town.state(id), "InProgress") << "who has left watches nothing";
  ASSERT_TRUE(record("system", "fire_watch", now, "suspend", {{"note", "培训失效"}}));
  EXPECT_EQ(town.state(id), "Suspended");
  EXPECT_EQ(town.get(id)->data.at("holds").at(0).at("cause"), "fire_watch");
  EXPECT_TRUE(is_linked(id, "person", id_of("person", k_next_watch)));
  EXPECT_TRUE(is_linked(id, "person", id_of("person", k_watch))) << "and who watched it still finds it";
}

}  // namespace
}  // namespace sparkgate
