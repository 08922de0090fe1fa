// An inspection's evidence holds offline, signed too, and a dishonest log is found out.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/evidence_desk.h"
#include "tests/support/inspection_desk.h"
#include "tests/support/permit_states.h"
#include "tests/support/signing_desk.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;

std::vector<journal::Logged> life(Town& town, const std::string& id) {
  std::vector<journal::Logged> out;
  const auto entries = town.engine().read()->entries(id);
  for (const auto& entry : entries) {
    out.push_back(journal::read_entry(entry).value());
  }
  return out;
}

// "" when every entry may stand.
std::string objection(const Workflow& workflow, const std::vector<journal::Logged>& entries) {
  Instance instance;
  for (const journal::Logged& entry : entries) {
    const auto folded = fold(workflow, instance, entry, Digest{}, Replay::rechecked);
    if (!folded) return entry.head.type + ": " + std::string(refusal_row(folded.error().code).name);
  }
  return "";
}

class InspectionEvidence : public testing::Test {
 protected:
  std::string a_conclusion() {
    const std::string id = desk.open(desk.at_permit(test::permit_in(town, "InProgress")));
    desk.must("grid_worker", id, "stop_work", {{"reason", "无人监护"}});
    desk.record_all(id, {{"watch_present", "fail"}});
    desk.conclude(id);
    return id;
  }
  std::string verdict(const std::string& id) {
    const test::EvidenceDesk evidence(town);
    return test::outcome(test::judge(test::archive_of(evidence.bundle(id, {.personal = true})), evidence.trust()));
  }
  Town town;
  InspectionDesk desk{town};
};

TEST_F(InspectionEvidence, verifies_offline_and_so_does_the_violation_s) {
  const std::string id = a_conclusion();
  EXPECT_TRUE(verdict(id).starts_with("valid complete")) << verdict(id);
  const std::string violation = desk.violations_of(id).at(0)->id;
  EXPECT_TRUE(verdict(violation).starts_with("valid")) << verdict(violation);
}

TEST_F(InspectionEvidence, a_conclusion_is_signed_over_the_latest_results) {
  test::SigningDesk signing(town);
  const test::SigningKey root, key;
  signing.enrol("admin", root);  // the first key of all
  signing.endorse("admin", root, signing.enrol("grid_worker", key), key);
  const std::string id = desk.open(InspectionDesk::at_place());
  desk.record_all(id);
  const test::Act act{"grid_worker", id, "conclude", InspectionDesk::conclusion(), "inspection"};
  const Json signed_part = key.sign(text_of(signing.offer(act).value(), "intent"));
  desk.must("inspector", id, "record",
            {{"results", {{{"item", "work_permitted"}, {"result", "fail"}, {"note", "未见审批"}}}}});
  EXPECT_EQ(Town::outcome(signing.send(act, signed_part)), "intent_stale") << "the results have changed since";
  EXPECT_EQ(Town::outcome(signing.sign(act, key)), "ok");
  EXPECT_TRUE(verdict(id).starts_with("valid complete")) << verdict(id);
}

TEST_F(InspectionEvidence, finds_what_a_dishonest_log_would_write) {
  const auto honest = life(town, a_conclusion());
  const Workflow& workflow = town.workflow("inspection");
  ASSERT_EQ(objection(workflow, honest), "");
  struct Row {
    const char* event;
    std::function<void(journal::Logged&)> forge;
    const char* objection;
  };
  const Row rows[] = {
      {"open", [](auto& e) { e.facts["items"].erase(0); }, "open: log_broken"},
      {"open", [](auto& e) { e.facts["items"][0]["severity"] = "advice"; }, "open: log_broken"},
      {"record", [](auto& e) { e.facts["results"].erase(0); }, "conclude: checklist_incomplete"},
      {"conclude", [](auto& e) { e.facts["outcome"]["violations"] = Json::array(); }, "conclude: log_broken"},
  };
  for (const Row& row : rows) {
    auto entries = honest;
    const auto forged = std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.head.type == row.event; });
    ASSERT_NE(forged, entries.end()) << row.event;
    row.forge(*forged);
    EXPECT_EQ(objection(workflow, entries), row.objection) << row.event;
  }
  auto twice = honest;
  twice.insert(twice.begin() + 2, twice[1]);
  EXPECT_EQ(objection(workflow, twice), "stop_work: work_already_stopped");
}

}  // namespace
}  // namespace sparkgate
