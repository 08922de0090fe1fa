// What a verifier holds against an entry that the log has but the rules do not allow.
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Town;

std::vector<journal::Logged> life(Town& town, const std::string& id) {
  std::vector<journal::Logged> out;
  for (const journal::Entry& entry : town.engine().read()->entries(id)) {
    out.push_back(journal::read_entry(entry).value());
  }
  return out;
}

// "ok", or "event: code" of the first entry that could not lawfully be made.
std::string objection(const Town& town, const std::vector<journal::Logged>& entries) {
  Instance permit;
  for (const journal::Logged& entry : entries) {
    const auto folded = fold(town.permits(), permit, entry, Digest{}, Replay::rechecked);
    if (!folded) return entry.head.type + ": " + std::string(refusal_row(folded.error().code).name);
  }
  return "ok";
}

TEST(Recheck, lets_every_life_pass_that_the_service_let_pass) {
  for (const char* end : {"Closed", "AwaitingAcceptance", "Approved", "Draft"}) {
    Town town;
    const std::string id = town.draft(town.application({{"pipe_rack", true}}));  // grade one: two steps
    town.lead(id, end);
    EXPECT_EQ(objection(town, life(town, id)), "ok") << end;
  }
}

TEST(Recheck, lets_interrupted_work_pass) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("fire_watch", id, "watch_checked_out");
  town.must("fire_watch", id, "watch_checked_in");
  town.must("applicant", id, "resume");
  town.must("inspector", id, "suspend", town.payload(id, "suspend"));
  town.must("inspector", id, "release_hold", town.payload(id, "release_hold"));
  town.must("applicant", id, "resume");
  town.must("supervisor1", id, "revoke", town.payload(id, "revoke"));
  town.clock.advance(minutes(61));
  town.must("fire_watch", id, "complete_watch", town.payload(id, "complete_watch"));
  EXPECT_EQ(objection(town, life(town, id)), "ok");
}

TEST(Recheck, finds_what_a_dishonest_log_would_write) {
  Town town;
  const std::string id = town.draft(town.application({{"pipe_rack", true}}));
  town.lead(id, "Closed");
  const auto honest = life(town, id);
  const Json finding = {{"code", "gas_test_missing"}, {"severity", "refuse"}};
  struct Row {
    const char* event;
    std::function<void(journal::Logged&)> forge;
    const char* objection;
  };
  const Row rows[] = {
      {"approve", [](auto& e) { e.head.actor = "p1"; }, "approve: separation_of_duties"},
      {"approve", [](auto& e) { e.facts["is_last_approval"] = true; }, "approve: approval_step_not_yours"},
      {"approve", [](auto& e) { e.facts["step"] = "another"; }, "approve: approval_step_not_yours"},
      {"approve", [](auto& e) { e.facts["scope_hash"] = std::string(64, '0'); }, "approve: scope_changed"},
      {"consent", [](auto& e) { e.facts["scope_hash"] = std::string(64, '0'); }, "consent: scope_changed"},
      {"submit", [](auto& e) { e.facts["approval_steps"].erase(0); }, "submit: log_broken"},
      {"submit", [](auto& e) { e.facts["site_rules"]["watch_minutes"] = 1; }, "submit: log_broken"},
      {"submit", [&](auto& e) { e.facts["decision"]["findings"].push_back(finding); }, "qualify: findings_refuse"},
      {"start", [&](auto& e) { e.facts["decision"]["findings"].push_back(finding); }, "start: conditions_unmet"},
      {"start", [](auto& e) { e.head.at -= hours(2); }, "start: window_not_open"},
      {"complete_watch", [](auto& e) { e.head.at -= hours(1); }, "complete_watch: watch_not_over"},
  };
  for (const Row& row : rows) {
    auto entries = honest;
    const auto forged = std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.head.type == row.event; });
    ASSERT_NE(forged, entries.end()) << row.event;
    row.forge(*forged);
    EXPECT_EQ(objection(town, entries), row.objection) << row.event;
  }
}

}  // namespace
}  // namespace sparkgate
