// Runs tests/scenario/delegation.txt: who approves in whose stead, straight through and over restarts; then all of it
// replays, and the evidence of what a deputy approved verifies.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/base/codes.h"
#include "tests/support/cells.h"
#include "tests/support/evidence_desk.h"
#include "tests/support/inspection_desk.h"
#include "tests/support/text.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;
using test::trimmed;

struct Line {
  int number = 0;
  std::string hour, who, act, with, outcome, state, approvals;
};

struct Case {
  std::string name;
  Json permit = Json::object();
  std::vector<Line> lines;
};

Line line_of(int number, const std::string& text) {
  Line line;
  line.number = number;
  std::stringstream cells(text);
  for (std::string* cell :
       {&line.hour, &line.who, &line.act, &line.with, &line.outcome, &line.state, &line.approvals}) {
    std::getline(cells, *cell, '|');
    *cell = trimmed(*cell);
  }
  return line;
}

std::vector<Case> cases() {
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/scenario/delegation.txt");
  std::vector<Case> out;
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    if (text.empty() || text[0] == '#') continue;
    if (text.starts_with("case:")) {
      out.emplace_back().name = trimmed(text.substr(5));
    } else if (text.starts_with("permit:")) {
      out.back().permit = Json::parse(text.substr(7));
    } else {
      out.back().lines.push_back(line_of(number, text));
    }
  }
  return out;
}

class Play {
 public:
  Play(const Json& permit, bool restarts) : restarts_(restarts) {
    Json changes = {{"pipe_rack", true}};
    changes.merge_patch(permit);
    id_ = town_.draft(town_.application(changes));
    town_.lead(id_, "UnderReview");
    town_.must("site_owner", id_, "consent");
    begin_ = town_.clock.wall();
  }

  void run(const Line& line) {
    if (restarts_) town_.restart();
    const Time at = begin_ + hours(std::stoi(line.hour));
    if (town_.clock.wall() < at) town_.clock.advance(at - town_.clock.wall());
    ASSERT_TRUE(town_.engine().tick());
    if (!line.act.empty()) {
      const auto done = act(line);
      EXPECT_EQ(done ? "ok" : std::string(refusal_row(done.error().code).name), line.outcome);
    }
    EXPECT_EQ(delegation_.empty() ? "" : town_.state(delegation_), line.state);
    EXPECT_EQ(approvals(), line.approvals);
  }

  Town& town() { return town_; }
  const std::string& permit() const { return id_; }
  const std::string& delegation() const { return delegation_; }

 private:
  Result<Receipt> act(const Line& line) {
    if (line.act == "delegate") return give(line);
    if (line.act == "revoke") return desk_.send(line.who, "delegation", delegation_, "revoke", Json::object());
    if (line.act == "suspend account") {
      return desk_.send(line.who, "account", town_.actor(line.with).account, "suspend", {{"note", "调离"}});
    }
    Json body = town_.payload(id_, "approve");
    if (line.act == "approve in stead") body["delegation"] = delegation_;
    return town_.send(line.who, id_, "approve", body);
  }

  Result<Receipt> give(const Line& line) {
    std::stringstream words(line.with);
    std::string to, area;
    int from = 0, until = 0;
    words >> to >> from >> until >> area;
    Json body = {{"to", town_.actor(to).person},
                 {"from", format_time(begin_ + hours(from))},
                 {"until", format_time(begin_ + hours(until))},
                 {"reason", "出差"}};
    if (!area.empty()) body["area"] = area;
    auto done = desk_.send(line.who, "delegation", "", "delegate", body);
    if (done) delegation_ = done->instance;
    return done;
  }

  std::string login_of(const Json& name) {
    const std::string person = text_of(people_of(*town_.get(id_)).at(name.get<std::string>()), "person");
    for (const char* login : {"supervisor1", "supervisor2", "supervisor3"}) {
      if (town_.actor(login).person == person) return login;
    }
    return person;
  }

  std::string approvals() {
    std::string out;
    const InstancePtr permit = town_.get(id_);
    for (const Json& approval : permit->data.at("approvals")) {
      out += (out.empty() ? "" : ", ") + login_of(approval.at("by"));
      if (approval.contains("for")) out += " for " + login_of(approval.at("for"));
    }
    return out;
  }

  const bool restarts_;
  Town town_;
  InspectionDesk desk_{town_};
  std::string id_, delegation_;
  Time begin_{};
};

TEST(Delegation, goes_as_the_table_says_and_the_same_over_restarts) {
  const auto all = cases();
  ASSERT_GE(all.size(), 14u);
  for (const Case& one : all) {
    for (const bool restarts : {false, true}) {
      Play play(one.permit, restarts);
      for (const Line& line : one.lines) {
        SCOPED_TRACE("delegation.txt:" + std::to_string(line.number) + " " + one.name + (restarts ? ", restarts" : ""));
        play.run(line);
      }
    }
  }
}

// A permit that a deputy approved, whole to its end.
struct Deputised {
  Play play{Json::object(), false};
  Deputised() {
    play.run({0, "0", "supervisor1", "delegate", "supervisor2 0 24", "ok", "InForce", ""});
    play.run({0, "1", "supervisor2", "approve in stead", "", "ok", "InForce", "supervisor2 for supervisor1"});
    play.town().must("supervisor3", play.permit(), "approve");
  }
};

TEST(Delegation, a_permit_approved_by_a_deputy_replays_and_so_does_the_delegation) {
  Deputised one;
  Town& town = one.play.town();
  for (const std::string& id : {one.play.permit(), one.play.delegation()}) {
    const InstancePtr now = town.get(id);
    const auto replayed = replay(town.workflow(now->workflow), town.engine().read()->entries(id));
    ASSERT_TRUE(replayed) << describe(replayed.error());
    EXPECT_EQ(replayed->state, now->state);
    EXPECT_EQ(replayed->data, now->data);
  }
}

TEST(Delegation, evidence_of_what_a_deputy_approved_verifies) {
  Deputised one;
  const test::EvidenceDesk desk(one.play.town());
  desk.record_heads();
  EXPECT_EQ(test::outcome(test::judge(test::archive_of(desk.bundle(one.play.permit())), desk.trust())),
            "valid complete; timestamp not_checked authority_absent");
}

// The log itself shows it when both approvals of a permit go back to one person.
TEST(Delegation, recheck_refuses_a_second_approval_in_the_same_stead) {
  Deputised one;
  Town& town = one.play.town();
  const InstancePtr permit = town.get(one.play.permit());
  Instance before = *permit;
  before.state = "UnderReview";
  before.data["approvals"].erase(1);
  const std::string absent = text_of(before.data["approvals"][0], "for");
  const Json facts = {{"scope_hash", before.data.at("scope_hash")}, {"step", "safety_department"},
                      {"is_last_approval", true}, {"for", absent}, {"delegation", one.play.delegation()}};
  const Json personal = Json::object();
  const Recorded entry{"approve", "p99", permit->at, facts, personal};
  const auto judged = town.permits().recheck(before, entry);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().code, Code::already_approved);
}

TEST(Delegation, the_deputy_and_the_absent_are_told) {
  Deputised one;
  Town& town = one.play.town();
  const auto codes = [&](const char* login) {
    std::string out;
    for (const StoredNotice& notice : town.engine().read()->notices(town.actor(login), int64_t{1} << 53, 50)) {
      if (notice.notice.code.starts_with("delegation")) out += notice.notice.code + " ";
    }
    return out;
  };
  EXPECT_EQ(codes("supervisor2"), "delegation_given ");
  one.play.run({0, "2", "supervisor1", "revoke", "", "ok", "Revoked", "supervisor2 for supervisor1, supervisor3"});
  EXPECT_EQ(codes("supervisor2"), "delegation_revoked delegation_given ");
  EXPECT_EQ(codes("supervisor1"), "delegation_revoked ");
}

TEST(Delegation, what_is_personal_goes_three_years_after_its_end) {
  Deputised one;
  Town& town = one.play.town();
  EXPECT_EQ(text_of(town.get(one.play.delegation())->personal, "reason"), "出差");
  for (const auto& time : {hours(25), hours(24) * (3 * 365 + 1)}) {
    town.clock.advance(time);
    ASSERT_TRUE(town.engine().tick());
  }
  const InstancePtr erased = town.get(one.play.delegation());
  EXPECT_EQ(erased->state, "Ended");
  EXPECT_TRUE(erased->data.contains("erased_at"));
  EXPECT_EQ(people_of(*erased), Json::object());
  EXPECT_FALSE(erased->personal->contains("reason"));
}

TEST(DelegationCells, are_as_the_table_says) {
  std::string table = test::cells_legend();
  const std::pair<const char*, Line> k_states[] = {
      {"", {0, "0", "supervisor1", "delegate", "supervisor2 1 24", "ok", "Planned", ""}},
      {"", {0, "0", "supervisor1", "delegate", "supervisor2 0 24", "ok", "InForce", ""}},
      {"revoke", {0, "0", "supervisor1", "delegate", "supervisor2 0 24", "ok", "InForce", ""}}};
  for (const auto& [then, line] : k_states) {
    Play play(Json::object(), false);
    play.run(line);
    if (*then) play.run({0, "0", "supervisor1", then, "", "ok", "Revoked", ""});
    Town& town = play.town();
    const std::string id = play.delegation();
    const StateSpec* state = town.workflow("delegation").description().state(town.state(id));
    table += "\n== " + state->name + " " + state->label.zh + "\n" + test::cells_of(town, id);
  }
  test::expect_golden("tests/workflows/delegation/cells.txt", table);
}

}  // namespace
}  // namespace sparkgate
