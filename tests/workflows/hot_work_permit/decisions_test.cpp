// What an event's entry says beside the state, and whom it tells.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "engine/journal/entry.h"
#include "tests/support/permit_states.h"

namespace sparkgate {
namespace {

using test::Town;

// Codes of the notices for that login, oldest first.
std::string told(Town& town, const std::string& login) {
  std::string out;
  const auto notices = town.engine().read()->notices(town.actor(login), INT64_MAX, 50);
  for (auto it = notices.rbegin(); it != notices.rend(); ++it) out += (out.empty() ? "" : " ") + it->notice.code;
  return out;
}

TEST(PermitNotices, speak_of_a_watch_only_when_one_begins) {
  const std::map<std::string, std::string> k_watch_hears = {{"Approved", ""},
                                                            {"SiteReady", ""},
                                                            {"InProgress", "permit_watch_begins"},
                                                            {"FireWatch", "permit_watch_begins"}};  // by finish, once
  for (const auto& [state, expected] : k_watch_hears) {
    Town town;
    const std::string id = town.draft();
    town.lead(id, state);
    town.must("supervisor1", id, "revoke", {{"reason", "超范围作业"}});
    EXPECT_EQ(told(town, "fire_watch"), expected) << state;
    EXPECT_TRUE(told(town, "applicant").ends_with("permit_revoked")) << state;
  }
}

TEST(PermitNotices, tell_the_watch_when_the_window_ends_during_work) {
  Town town;
  const std::string idle = town.draft(), working = town.draft();
  town.lead(idle, "Approved");
  town.lead(working, "InProgress");
  town.clock.advance(hours(9));
  ASSERT_TRUE(town.engine().tick());
  ASSERT_EQ(town.state(idle), "Expired");
  EXPECT_EQ(told(town, "fire_watch"), "permit_round_missed permit_watch_begins")
      << "once, for the work that was under way";
}

TEST(PermitDecisions, qualify_names_every_finding_that_stands_against_it) {
  Town town;
  Json application = town.application();
  application.erase("tank_bund");
  const std::string id = town.draft(application);
  town.must("applicant", id, "submit");
  Instance permit = *town.get(id);
  Json& findings = permit.data["qualification"]["findings"];
  ASSERT_FALSE(findings.empty());  // undecided: none of them stands against it
  for (const char* code : {"window_too_long", "machine_unknown"}) {
    Finding finding;
    finding.code = code;
    findings.push_back(to_json(finding));
  }
  const Actor supervisor = town.actor("supervisor1");
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const Situation situation{permit, "qualify", supervisor, town.clock.wall(), view, town.engine().random()};
  Json people = Json::object();
  Cast cast(people);
  const auto decided = town.permits().decide(situation, town.payload(id, "qualify"), cast);
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().code, Code::findings_refuse);
  EXPECT_EQ(decided.error().details.at("count"), 2);
  ASSERT_EQ(decided.error().findings.size(), 2u);
  EXPECT_EQ(decided.error().findings[1].code, "machine_unknown");
}

// What each event's body lacks, or the person behind it: state, who, event, body without its members, refusal.
TEST(PermitDecisions, refuse_for_what_the_body_says) {
  struct Row {
    const char *state, *login, *event;
    Json changes;
    const char* outcome;
  };
  const Row rows[] = {
      {"UnderReview", "supervisor1", "approve", {{"position", nullptr}}, "position_required"},
      {"UnderReview", "supervisor1", "approve", {{"photo", nullptr}}, "photo_required"},
      {"InProgress", "inspector", "suspend", {{"reason", nullptr}}, "opinion_required"},
      {"Suspended", "applicant", "release_hold", {{"hold", 99}}, "hold_unknown"},
      {"Approved", "site_owner", "measure_confirmed", {{"code", "A.1-8"}}, "not_the_named_person"},
      {"Approved", "applicant", "measure_confirmed", {{"code", "Z.9"}}, "measure_unknown"},
      {"InProgress", "fire_watch", "gas_test", {{"sampled_at", "2026-03-09T08:00:00Z"}}, "time_impossible"},
  };
  for (const Row& row : rows) {
    Town town;
    const std::string id = test::permit_in(town, row.state);
    Json body = town.payload(id, row.event);
    body.merge_patch(row.changes);
    EXPECT_EQ(Town::outcome(town.send(row.login, id, row.event, body)), row.outcome) << row.event;
  }
}

TEST(PermitDecisions, nobody_approves_what_they_take_part_in) {
  Town town;
  const std::string id = town.draft(town.application({{"person_in_charge", "500230198107071110"}}));  // supervisor1
  town.lead(id, "UnderReview");
  town.must("site_owner", id, "consent", town.payload(id, "consent"));
  EXPECT_EQ(Town::outcome(town.send("supervisor1", id, "approve", town.payload(id, "approve"))),
            "separation_of_duties");
  EXPECT_EQ(Town::outcome(town.send("supervisor2", id, "approve", town.payload(id, "approve"))), "ok");
}

TEST(PermitDecisions, submit_after_the_window_is_too_late) {
  Town town;
  const std::string id = town.draft();
  town.clock.advance(hours(9));  // no timer has fired yet
  EXPECT_EQ(Town::outcome(town.send("applicant", id, "submit")), "window_over");
}

// A local pack may give a step to another role: holding supervisor is then not enough.
TEST(PermitDecisions, an_approval_step_belongs_to_its_role) {
  Town town;
  Instance permit = *town.get(test::permit_in(town, "UnderReview"));
  permit.data["approval_steps"][0]["role"] = "enforcement";
  const Actor supervisor = town.actor("supervisor1");
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const Situation situation{permit, "approve", supervisor, town.clock.wall(), view, town.engine().random()};
  Json people = Json::object();
  Cast cast(people);
  const auto decided = town.permits().decide(situation, town.payload(permit.id, "approve"), cast);
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().code, Code::approval_step_not_yours);
  EXPECT_EQ(decided.error().details.at("roles"), "enforcement");
}

TEST(PermitDecisions, start_and_resume_keep_the_judgement_that_let_them) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("applicant", id, "suspend", {{"reason", "午休"}});
  town.must("applicant", id, "resume");
  std::string stages;
  for (const auto& entry : town.engine().read()->entries(id)) {
    const Json facts = Json::parse(entry.facts.json);
    if (!facts.contains("decision")) continue;
    stages += text_of(facts.at("decision"), "stage") + " ";
    EXPECT_TRUE(facts.at("decision").at("inputs").contains("operators"));
  }
  EXPECT_EQ(stages, "submit start resume ");
}

}  // namespace
}  // namespace sparkgate
