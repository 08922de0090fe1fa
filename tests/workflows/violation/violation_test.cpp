// Records of violations: by an inspection or by hand, confirmed or dismissed, and who reads them.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/inspection_desk.h"
#include "tests/support/permit_states.h"
#include "workflows/diagram.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;

const Json k_by_hand = {{"area", "500230111201-01"},
                        {"address", "河边空地"},
                        {"items", {{{"clause", "消防法 第21条"}, {"zh", "未经批准动火"}}}}};

class Violation : public testing::Test {
 protected:
  Result<Receipt> send(const std::string& login, const std::string& id, const std::string& event,
                       const Json& payload = Json::object()) {
    return desk.send(login, "violation", id, event, payload);
  }
  std::string outcome(const std::string& login, const std::string& id, const std::string& event,
                      const Json& payload = Json::object()) {
    return Town::outcome(send(login, id, event, payload));
  }
  // Recorded by an inspection of the grid worker's.
  std::string inspected(const Json& place) {
    const std::string id = desk.open(place);
    desk.record_all(id, {{place.contains("area") ? "work_permitted" : "watch_present", "fail"}});
    desk.conclude(id);
    return desk.violations_of(id).at(0)->id;
  }
  std::string readers(const std::string& id) {
    std::string out;
    for (const char* login : {"applicant", "site_owner", "operator", "fire_watch", "supervisor1", "grid_worker",
                              "inspector", "enforcement", "intake", "auditor", "admin", "system"}) {
      if (desk.reads(login, id)) out += std::string(login) + " ";
    }
    return out;
  }
  Town town;
  InspectionDesk desk{town};
};

TEST_F(Violation, diagram_is_the_table) {
  EXPECT_EQ(diagram(town.workflow("violation").description()),
            "stateDiagram-v2\n"
            "    [*] --> Recorded : record\n"
            "    Recorded --> Confirmed : confirm\n"
            "    Recorded --> Dismissed : dismiss\n"
            "    Confirmed --> [*]\n"
            "    Dismissed --> [*]\n");
}

TEST_F(Violation, record_by_hand_is_for_enforcement_of_the_area) {
  struct Row {
    const char* login;
    Json changes;
    const char* outcome;
  };
  const std::string permit = town.draft();
  const std::string elsewhere = town.draft(town.application({{"area", "500230111202-01"}}));
  const std::string inspection = desk.open(InspectionDesk::at_place());
  const Row rows[] = {
      {"enforcement", Json::object(), "ok"},
      {"enforcement", {{"permit", permit}, {"inspection", inspection}, {"note", "两人在场"}}, "ok"},
      {"inspector", Json::object(), "role_required"},
      {"grid_worker", Json::object(), "role_required"},
      {"admin", Json::object(), "role_required"},
      {"enforcement", {{"area", "500230"}}, "role_required"},
      {"enforcement", {{"area", "999"}}, "unknown_reference"},
      {"enforcement", {{"permit", "nowhere"}}, "unknown_reference"},
      {"enforcement", {{"permit", inspection}}, "unknown_reference"},
      {"enforcement", {{"permit", elsewhere}}, "unknown_reference"},
      {"enforcement", {{"inspection", permit}}, "unknown_reference"},
      {"enforcement", {{"items", Json::array()}}, "payload_invalid"},
  };
  for (const Row& row : rows) {
    Json body = k_by_hand;
    body.merge_patch(row.changes);
    EXPECT_EQ(outcome(row.login, "", "record", body), row.outcome) << row.login << " " << row.changes;
  }
}

TEST_F(Violation, is_confirmed_or_dismissed_once) {
  const std::string id = inspected(InspectionDesk::at_place());
  EXPECT_EQ(outcome("grid_worker", id, "confirm"), "role_required");
  EXPECT_EQ(outcome("supervisor1", id, "dismiss", {{"reason", "原因"}}), "role_required");
  EXPECT_EQ(outcome("enforcement", id, "dismiss"), "payload_invalid") << "without a reason";
  EXPECT_EQ(outcome("enforcement", id, "confirm", {{"note", "当事人承认"}}), "ok");
  EXPECT_EQ(town.state(id), "Confirmed");
  EXPECT_EQ(outcome("enforcement", id, "dismiss", {{"reason", "原因"}}), "wrong_state");
  const std::string other = inspected(InspectionDesk::at_place());
  EXPECT_EQ(outcome("enforcement", other, "dismiss", {{"reason", "证据不足"}}), "ok");
  EXPECT_EQ(town.get(other)->data.at("dismissed").at("reason"), "证据不足");
}

TEST_F(Violation, only_the_system_erases_and_a_confirmed_one_is_kept_whole) {
  const std::string kept = inspected(InspectionDesk::at_place()), dropped = inspected(InspectionDesk::at_place());
  EXPECT_EQ(outcome("enforcement", kept, "erase"), "role_required");
  ASSERT_TRUE(send("enforcement", kept, "confirm", {{"note", "属实"}}));
  ASSERT_TRUE(send("enforcement", dropped, "dismiss", {{"reason", "证据不足"}}));
  town.clock.advance(hours(24) * 3 * 365 + minutes(1));
  ASSERT_TRUE(town.engine().tick());
  EXPECT_FALSE(town.get(kept)->personal->empty());
  EXPECT_TRUE(town.get(dropped)->personal->empty());
  for (const std::string& id : {kept, dropped}) {
    const auto again = replay(town.workflow("violation"), town.engine().read()->entries(id));
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(again->data, town.get(id)->data);
    EXPECT_EQ(again->state, town.state(id));
  }
}

// A grid worker without any role left still reads what became of their own finding.
TEST_F(Violation, is_read_by_enforcement_its_inspector_and_overseers) {
  const std::string id = inspected(desk.at_permit(test::permit_in(town, "InProgress")));
  EXPECT_EQ(readers(id), "supervisor1 grid_worker enforcement auditor system ");
  const std::string by_hand = send("enforcement", "", "record", k_by_hand)->instance;
  EXPECT_EQ(readers(by_hand), "supervisor1 enforcement auditor system ");
}

TEST_F(Violation, is_found_by_permit_inspection_area_unit_and_inspector) {
  const std::string permit = test::permit_in(town, "InProgress");
  const std::string id = inspected(desk.at_permit(permit));
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const std::pair<const char*, std::string> k_links[] = {
      {"permit", permit},
      {"inspection", text_of(town.get(id)->data, "inspection")},
      {"area", "500230111"},
      {"unit_code", "91500230MADEMA01XB"},
      {"person", town.actor("grid_worker").person}};
  for (const auto& [kind, ref] : k_links) {
    const auto found = view.linked("violation", kind, ref);
    ASSERT_EQ(found.size(), 1u) << kind << " " << ref;
    EXPECT_EQ(found[0]->id, id);
  }
}

}  // namespace
}  // namespace sparkgate
