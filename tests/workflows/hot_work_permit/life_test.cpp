// Whole lives of permits, and what a permit must not allow, on a simulated clock.
#include <gtest/gtest.h>

#include "engine/journal/entry.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Town;

std::string story(Town& town, const std::string& id) {
  std::string out;
  for (const auto& entry : town.engine().read()->entries(id)) {
    const auto head = journal::read_head(entry);
    if (head->from != head->to) out += (out.empty() ? "" : " > ") + head->type + " " + head->to;
  }
  return out;
}

TEST(Permit, lives_from_application_to_closure) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Closed");
  EXPECT_EQ(story(town, id),
            "create Draft > submit QualificationCheck > qualify UnderReview > approve Approved > "
            "confirm_site SiteReady > start InProgress > finish FireWatch > complete_watch AwaitingAcceptance > "
            "accept Closed");
  EXPECT_EQ(town.get(id)->data.at("number"), "DH2026-00001");
  ASSERT_EQ(town.get(id)->timers.size(), 1u) << "nothing is due any more but the end of retention";
  EXPECT_EQ(town.get(id)->timers[0].event, "erase");
}

TEST(Permit, replay_gives_the_stored_state) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Closed");
  const auto again = replay(town.permits(), town.engine().read()->entries(id));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data, town.get(id)->data);
  EXPECT_EQ(*again->personal, *town.get(id)->personal);
  EXPECT_EQ(again->state, "Closed");
}

TEST(Permit, is_returned_by_the_system_with_its_findings) {
  Town town;
  const std::string id = town.draft(town.application({{"operators", {"T500230199506180642"}}}));
  town.must("applicant", id, "submit");
  EXPECT_EQ(town.state(id), "Returned");
  EXPECT_EQ(town.get(id)->data.at("qualification").at("findings").at(0).at("code"), "certificate_suspended");
}

TEST(Permit, waits_for_a_person_when_a_fact_is_unknown) {
  Town town;
  Json application = town.application();
  application.erase("tank_bund");
  const std::string id = town.draft(application);
  town.must("applicant", id, "submit");
  ASSERT_EQ(town.state(id), "QualificationCheck");
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "qualify", Json::object())), "evidence_required");
  town.must("supervisor1", id, "qualify", {{"evidence", "现场核对，不在防火堤内"}});
  EXPECT_EQ(town.state(id), "UnderReview");
}

TEST(Permit, approval_needs_consent_place_and_the_scope_that_was_seen) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "UnderReview");
  const Json good = town.payload(id, "approve");
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", good)), "consent_missing");
  town.must("site_owner", id, "consent", town.payload(id, "consent"));
  Json far = good;
  far["position"]["latitude"] = "29.93";
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", far)), "not_on_site");
  Json other = good;
  other["scope_hash"] = std::string(64, '0');
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", other)), "scope_changed");
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", good)), "ok");
}

TEST(Permit, a_change_of_scope_voids_consent_and_approvals) {
  Town town;
  const std::string id = town.draft(town.application({{"pipe_rack", true}}));  // grade one: two steps
  town.lead(id, "UnderReview");
  town.must("site_owner", id, "consent", town.payload(id, "consent"));
  town.must("supervisor1", id, "approve", town.payload(id, "approve"));
  ASSERT_EQ(town.get(id)->data.at("approvals").size(), 1u);
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", town.payload(id, "approve"))), "already_approved");
  town.must("applicant", id, "amend", town.application({{"pipe_rack", true}, {"work", "另一处支架"}}));
  EXPECT_EQ(town.state(id), "UnderReview");
  EXPECT_TRUE(town.get(id)->data.at("approvals").empty());
  EXPECT_EQ(Town::outcome(town.send("supervisor2", id, "approve", town.payload(id, "approve"))), "consent_missing");
}

TEST(Permit, start_lists_everything_that_is_missing) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "SiteReady");
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "start")),
            "window_not_open: fire_watch_absent, measure_unconfirmed, measure_unconfirmed, briefing_missing, "
            "gas_test_missing, pre_start_check_missing");
}

TEST(Permit, start_checks_the_certificates_again) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "SiteReady");
  town.make_site_fit(id);
  Command suspend;
  suspend.workflow = "certificate";
  suspend.event = "suspend";
  suspend.actor = town.actor("supervisor1");
  suspend.payload = {{"note", "转借证件"}};
  for (const std::string& found :
       town.engine().read()->linked("certificate", "certificate_no", "T500230198604120315")) {
    suspend.instance = found;
    suspend.expected_version = town.get(found)->version;
    if (text_of(town.get(found)->data, "class") != "熔化焊接与热切割") continue;
    const auto done = town.engine().execute(suspend);
    ASSERT_TRUE(done) << describe(done.error());
  }
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "start")), "conditions_unmet: certificate_suspended");
}

TEST(Permit, a_suspended_certificate_stops_work_in_progress) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  Command suspend;
  suspend.workflow = "certificate";
  suspend.event = "suspend";
  suspend.actor = town.actor("supervisor1");
  suspend.payload = {{"note", "转借证件"}};
  suspend.instance = town.engine().read()->linked("certificate", "certificate_no", "T500230198604120315").front();
  suspend.expected_version = town.get(suspend.instance)->version;
  const auto done = town.engine().execute(suspend);
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_EQ(town.state(id), "Suspended");
  EXPECT_EQ(town.get(id)->data.at("holds").at(0).at("cause"), "certificate");
}

TEST(Permit, a_watch_who_leaves_or_a_bad_gas_test_stops_the_work) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("fire_watch", id, "watch_checked_out");
  EXPECT_EQ(town.state(id), "Suspended");
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "resume")), "conditions_unmet: fire_watch_absent");
  town.must("fire_watch", id, "watch_checked_in");
  town.must("applicant", id, "resume");
  Json bad = town.payload(id, "gas_test");
  bad["readings"][0]["reading_percent"] = "0.6";
  town.must("fire_watch", id, "gas_test", bad);
  EXPECT_EQ(town.state(id), "Suspended");
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "resume")), "conditions_unmet: gas_limit_exceeded");
}

TEST(Permit, gas_is_judged_on_people_too_where_the_pack_says_so) {
  Town town;
  Json rules = town.packs().latest("cn-gb30871-2022")->json().at("rules");
  Json rule = rules.at(0);
  rule.update({{"code", "nobody_measures"}, {"stages", {"gas_test"}}, {"require", {{"not", "$fire_watch.known"}}}});
  rules.push_back(rule);
  town.add_pack({{"rules", rules}});
  const std::string id = town.draft();
  town.lead(id, "SiteReady");
  town.make_site_fit(id);
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "start")), "conditions_unmet: nobody_measures")
      << "this rule has something against a watch who is known";
}

TEST(Permit, only_whoever_stopped_the_work_lets_it_go_on) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("inspector", id, "suspend", {{"reason", "监护人不在位"}});
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "resume")), "holds_remain");
  const Json release = {{"hold", 1}, {"reason", "已整改"}};
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "release_hold", release)), "role_required");
  town.must("inspector", id, "release_hold", release);
  EXPECT_EQ(town.state(id), "Suspended");  // releasing never resumes by itself
  town.must("applicant", id, "resume");
  EXPECT_EQ(town.state(id), "InProgress");
}

TEST(Permit, expires_by_itself_before_work_and_into_the_watch_during_work) {
  Town town;
  const std::string idle = town.draft(), working = town.draft();
  town.lead(idle, "Approved");
  town.lead(working, "InProgress");
  town.clock.advance(hours(9));
  ASSERT_TRUE(town.engine().tick());
  EXPECT_EQ(town.state(idle), "Expired");
  EXPECT_EQ(town.state(working), "FireWatch");
  EXPECT_EQ(Town::outcome(town.send("fire_watch", working, "complete_watch", town.payload(working, "complete_watch"))),
            "watch_not_over");
  town.clock.advance(minutes(60));
  ASSERT_TRUE(town.engine().tick());
  town.must("fire_watch", working, "complete_watch", town.payload(working, "complete_watch"));
  EXPECT_EQ(town.state(working), "Expired");
}

TEST(Permit, a_watch_who_leaves_restarts_the_countdown) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "FireWatch");
  town.clock.advance(minutes(59));
  town.must("fire_watch", id, "watch_checked_out");
  town.clock.advance(minutes(30));
  EXPECT_EQ(Town::outcome(town.send("fire_watch", id, "complete_watch", town.payload(id, "complete_watch"))),
            "watch_absent");
  town.must("fire_watch", id, "watch_checked_in");
  town.clock.advance(minutes(59));
  EXPECT_EQ(Town::outcome(town.send("fire_watch", id, "complete_watch", town.payload(id, "complete_watch"))),
            "watch_not_over");
  town.clock.advance(minutes(1));
  town.must("fire_watch", id, "complete_watch", town.payload(id, "complete_watch"));
  EXPECT_EQ(town.state(id), "AwaitingAcceptance");
}

TEST(Permit, revoked_work_is_watched_before_it_ends) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("supervisor1", id, "revoke", {{"reason", "超范围作业"}});
  EXPECT_EQ(town.state(id), "FireWatch");
  town.clock.advance(hours(1));
  town.must("fire_watch", id, "complete_watch", town.payload(id, "complete_watch"));
  EXPECT_EQ(town.state(id), "Revoked");
}

TEST(Permit, is_never_altered_once_approved) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Approved");
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "amend", town.application())), "new_permit_needed");
}

TEST(Permit, an_old_decision_judged_again_under_its_pack_says_the_same) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  int decisions = 0;
  for (const auto& entry : town.engine().read()->entries(id)) {
    const Json facts = Json::parse(entry.facts.json);
    if (!facts.contains("decision")) continue;
    const Json& decision = facts.at("decision");
    const rules::Pack* pack = town.packs().by_digest(text_of(decision.at("pack"), "digest"));
    ASSERT_TRUE(pack);
    const auto again = pack->judge(text_of(decision, "stage"), decision.at("inputs"));
    Json findings = Json::array();
    for (const Finding& finding : again.findings) findings.push_back(to_json(finding));
    EXPECT_EQ(findings, decision.at("findings"));
    EXPECT_EQ(again.grade, decision.at("grade"));
    ++decisions;
  }
  EXPECT_EQ(decisions, 2);  // at submit and at start
}

}  // namespace
}  // namespace sparkgate
