#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

class FollowUps : public EngineRig {
 protected:
  static Json then(const std::string& id, const std::string& event, Json payload = Json::object()) {
    Json follow = {{"instance", id}, {"event", event}, {"payload", std::move(payload)}};
    Json out;
    out["follow_ups"] = Json::array({follow});
    return out;
  }
  std::string outcomes(const std::string& id) {
    std::string out;
    for (const auto& r : engine->read()->follow_ups(id)) {
      out += r.command.event + " " + r.status + " " + r.outcome.substr(0, r.outcome.find(':')) + "; ";
    }
    return out;
  }
};

TEST_F(FollowUps, are_done_by_the_system_in_the_same_transaction) {
  const std::string a = open_one(), b = open_one();
  const int commits = writer->commits;
  must(to_counter(a, "note", then(b, "add", {{"amount", 4}})));
  EXPECT_EQ(writer->commits, commits + 1);
  EXPECT_EQ(get(b).data["count"], 4);
  EXPECT_EQ(journal::read_head(entries(b)[1])->actor, "system");
  EXPECT_EQ(outcomes(a), "add done 3; ") << "with the index of its entry";
  EXPECT_EQ(outcomes(b), outcomes(a)) << "seen from both sides";
}

TEST_F(FollowUps, a_refused_one_stays_visible_and_leaves_its_cause) {
  const std::string a = open_one(), b = open_one();
  must(to_counter(b, "close", {}, 1));
  EXPECT_EQ(must(to_counter(a, "note", then(b, "add", {{"serials", {"n"}}}))).version, 2);
  EXPECT_EQ(outcomes(a), "add refused wrong_state; ");
  must(to_counter(a, "note", then("nowhere", "add")));
  must(to_counter(a, "note", then(b, "dance")));
  EXPECT_EQ(outcomes(a), "add refused wrong_state; add refused unknown_event; dance refused unknown_event; ");
  must(to_counter(a, "note", then(a, "add", {{"serials", {"n"}}, {"refuse", "apply"}})));
  EXPECT_EQ(engine->read()->counter("n"), 0) << "a refused follow-up raised a counter";
  EXPECT_EQ(get(b).version, 2);
}

TEST_F(FollowUps, cause_others_in_turn_and_the_answer_shows_all) {
  const std::string a = open_one(), b = open_one();
  const Receipt receipt = must(to_counter(a, "note", then(b, "note", then(a, "close"))));
  EXPECT_EQ(receipt.state, "Closed");
  EXPECT_EQ(receipt.version, 3);
  EXPECT_EQ(receipt.index, 2) << "but names the command's own entry";
  EXPECT_EQ(story(a), "open note close");
}

TEST_F(FollowUps, without_an_instance_make_a_new_one_that_is_seen_from_both_sides) {
  const std::string a = open_one();
  must(to_counter(a, "note", then("", "open", {{"amount", 3}})));
  ASSERT_EQ(listed("counter"), 2u);
  EXPECT_EQ(outcomes(a), "open done 2; ");
  const std::string made = engine->read()->follow_ups(a).at(0).command.instance;
  EXPECT_EQ(get(made).data["count"], 3);
  EXPECT_EQ(story(made), "open");
  EXPECT_EQ(journal::read_head(entries(made)[0])->actor, "system");
  EXPECT_EQ(outcomes(made), outcomes(a));
}

TEST_F(FollowUps, a_refused_one_makes_nothing) {
  const std::string a = open_one();
  must(to_counter(a, "note", then("", "open", {{"refuse", true}})));
  must(to_counter(a, "note", then("", "add")));
  EXPECT_EQ(outcomes(a), "open refused conditions_unmet; add refused unknown_event; ");
  EXPECT_EQ(listed("counter"), 1u);
}

TEST_F(FollowUps, a_circle_of_them_ends_and_says_so) {
  const std::string a = open_one();
  must(to_counter(a, "note", {{"again", true}}));
  const auto records = engine->read()->follow_ups(a);
  ASSERT_EQ(records.size(), 10'001u);
  EXPECT_EQ(get(a).version, 10'002);
  for (size_t i = 0; i + 1 < records.size(); ++i) ASSERT_EQ(records[i].status, "done") << i;
  EXPECT_EQ(records.back().status, "refused");
  EXPECT_EQ(records.back().outcome.substr(0, records.back().outcome.find(':')), "too_many_follow_ups");
  must(to_counter(a, "note"));
  EXPECT_EQ(get(a).version, 10'003) << "what was left over ran with the next command";
}

TEST_F(FollowUps, a_failure_in_one_undoes_its_cause) {
  const std::string a = open_one(), b = open_one();
  int appends = 0;
  writer->before = [&](std::string_view call) {
    if (call == "append" && ++appends == 2) throw StoreError(Code::store_failed, "test");
  };
  EXPECT_EQ(refusal_of(to_counter(a, "note", then(b, "note", then(a, "close")))), "store_failed");
  EXPECT_EQ(story(a) + " " + story(b), "open open");
  writer->before = [](std::string_view) {};
  must(to_counter(a, "note"));
  EXPECT_EQ(story(a) + " " + story(b), "open note open") << "what was left of it ran with the next command";
}

TEST_F(FollowUps, notices_reach_roles_and_persons) {
  const Json notices = {{{"role", "counter"}, {"unit", "U1"}, {"area", "/33/3301/"}, {"code", "to_role"}},
                        {{"person", "person-ben"}, {"code", "to_ben"}}};
  open_one({{"notices", notices}});
  const auto codes = [&](Actor who, std::vector<Grant> grants) {
    who.grants = std::move(grants);
    std::string out;
    for (const auto& n : engine->read()->notices(who, INT64_MAX, 10)) out += n.notice.code + " ";
    return out;
  };
  EXPECT_EQ(codes(a_person("ann"), {{"counter", "", ""}}), "to_role ");
  EXPECT_EQ(codes(a_person("ann"), {{"counter", "U1", ""}}), "to_role ");
  EXPECT_EQ(codes(a_person("ann"), {{"counter", "U2", ""}}), "");
  EXPECT_EQ(codes(a_person("ann"), {{"counter", "", "3301"}}), "to_role ");
  EXPECT_EQ(codes(a_person("ann"), {{"counter", "", "330"}}), "") << "a code is no prefix";
  EXPECT_EQ(codes(a_person("ann"), {{"other", "", ""}}), "");
  EXPECT_EQ(codes(a_person("ben"), {{"counter", "", ""}}), "to_ben to_role ") << "newest first";
}

}  // namespace
}  // namespace sparkgate::test
