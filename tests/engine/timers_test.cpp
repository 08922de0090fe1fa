#include <thread>

#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

class Timers : public EngineRig {
 protected:
  Timers() { reopen({.run_timers = false}); }
  static Json ring_in(int64_t ms) { return {{"after_ms", ms}, {"event", "ring"}}; }
  /// "instance's label:timer" in the order of the log.
  std::string rung(const std::vector<std::string>& ids) {
    std::map<int64_t, std::string> by_index;
    for (size_t i = 0; i < ids.size(); ++i) {
      for (const auto& entry : entries(ids[i])) {
        if (journal::read_head(entry)->type != "ring") continue;
        by_index[entry.index] = std::string(1, static_cast<char>('A' + i)) + ":" +
                                text_of(*parse_json(entry.facts.json), "timer");
      }
    }
    std::string out;
    for (const auto& [index, text] : by_index) out.append(out.empty() ? "" : " ").append(text);
    return out;
  }
};

TEST_F(Timers, fire_once_and_not_before_their_time) {
  const std::string id = open_one({{"timers", {{"t", ring_in(60'000)}}}});
  clock.advance(milliseconds(59'999));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open");
  clock.advance(milliseconds(1));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open ring");
  EXPECT_TRUE(get(id).timers.empty());
  EXPECT_EQ(journal::read_head(entries(id)[1])->actor, "system");
}

TEST_F(Timers, fire_in_order_of_time_then_instance_then_name) {
  const std::string a = open_one({{"timers", {{"x", ring_in(3000)}, {"w", ring_in(1000)}, {"y", ring_in(2000)}}}});
  const std::string b = open_one({{"timers", {{"v", ring_in(2000)}, {"u", ring_in(2000)}}}});
  clock.advance(seconds(9));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(rung({a, b}), a < b ? "A:w A:y B:u B:v A:x" : "A:w B:u B:v A:y A:x");
}

TEST_F(Timers, one_that_rings_again_takes_its_place_in_the_order) {
  Json every_second = ring_in(1000);
  every_second["every_ms"] = 1000;
  const std::string id = open_one({{"timers", {{"again", every_second}, {"late", ring_in(2500)}}}});
  clock.advance(milliseconds(3500));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(rung({id}), "A:again A:again A:late A:again");
  EXPECT_EQ(get(id).timers.size(), 1u);
}

TEST_F(Timers, those_that_came_due_while_stopped_fire_at_the_start) {
  const std::string a = open_one({{"timers", {{"x", ring_in(2000)}}}});
  const std::string b = open_one({{"timers", {{"y", ring_in(1000)}}}});
  engine.reset();
  clock.advance(hours(30));
  open();  // by itself, on the writer's own thread
  const auto patience = std::chrono::steady_clock::now() + seconds(5);
  while (story(a) != "open ring" && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  EXPECT_EQ(rung({a, b}), "B:y A:x");
}

TEST_F(Timers, a_dropped_one_does_not_fire_and_a_moved_one_fires_at_its_new_time) {
  const std::string id = open_one({{"timers", {{"gone", ring_in(1000)}, {"moved", ring_in(1000)}}}});
  must(to_counter(id, "note", {{"cancel", {"gone"}}, {"timers", {{"moved", ring_in(5000)}}}}));
  clock.advance(seconds(4));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(rung({id}), "");
  clock.advance(seconds(1));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(rung({id}), "A:moved");
}

// `close` comes as a timer too, and takes the others with it although they are due at the same moment.
TEST_F(Timers, what_an_earlier_one_drops_does_not_fire_even_when_due) {
  const std::string other = open_one();
  const std::string id = open_one({{"timers", {{"a", ring_in(1000)}, {"b", ring_in(2000)}}}});
  const Json drops_b = {{"cancel", {"b"}}};
  const std::string boss = open_one({{"timers", {{"boss", {{"after_ms", 1500}, {"event", "note"}}}}}});
  must(to_counter(id, "note", {{"timers", {{"a", {{"after_ms", 1000}, {"event", "close"}}}}}}));
  clock.advance(seconds(3));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(rung({id}), "") << "b rang after a had closed the counter";
  EXPECT_EQ(get(id).state, "Closed");
}

TEST_F(Timers, a_refused_one_goes_and_its_refusal_stays_visible) {
  const std::string id =
      open_one({{"timers", {{"a", ring_in(1000)}, {"b", {{"after_ms", 1000}, {"event", "dance"}}}}}});
  must(to_counter(id, "close", {}, 1));
  clock.advance(seconds(2));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open close");
  EXPECT_TRUE(get(id).timers.empty());
  const auto records = engine->read()->follow_ups(id);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].status, "refused");
  EXPECT_EQ(records[0].command.payload["timer"], "a");
  EXPECT_EQ(records[0].outcome.substr(0, 11), "wrong_state");
  EXPECT_EQ(records[1].outcome.substr(0, 13), "unknown_event");
}

TEST_F(Timers, a_faulty_workflow_cannot_make_one_fire_for_ever) {
  Json stubborn = ring_in(1000);
  stubborn["stubborn"] = true;
  const std::string id = open_one({{"timers", {{"t", stubborn}}}});
  clock.advance(seconds(2));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open ring");
  for (int i = 0; i < 2; ++i) must(to_counter(id, "note"));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open ring note note") << "it came back with a later entry";
}

TEST_F(Timers, a_refused_one_does_not_come_back_unless_it_moves) {
  const std::string id = open_one({{"timers", {{"t", {{"after_ms", 1000}, {"event", "dance"}}}}}});
  clock.advance(seconds(2));
  ASSERT_TRUE(engine->tick());
  for (int i = 0; i < 2; ++i) {
    must(to_counter(id, "note"));
    ASSERT_TRUE(engine->tick());
  }
  reopen({.run_timers = false});
  must(to_counter(id, "note"));
  ASSERT_TRUE(engine->tick());
  EXPECT_TRUE(get(id).timers.empty());
  EXPECT_EQ(engine->read()->follow_ups(id).size(), 1u) << "refused again with a later entry";
  must(to_counter(id, "note", {{"timers", {{"t", {{"after_ms", 1000}, {"event", "dance"}}}}}}));
  EXPECT_EQ(get(id).timers.size(), 1u) << "another time is another timer";
  clock.advance(seconds(2));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(engine->read()->follow_ups(id).size(), 2u);
}

TEST_F(Timers, what_is_due_fires_before_a_command_even_within_one_batch) {
  reopen();
  const std::string id = open_one();
  const auto done = engine->execute_all({to_counter(id, "note", {{"timers", {{"now", ring_in(0)}}}})});
  ASSERT_TRUE(done);
  must(to_counter(id, "note"));
  EXPECT_EQ(story(id), "open note ring note");
}

TEST_F(Timers, a_store_error_keeps_them_for_a_later_batch) {
  const std::string id = open_one({{"timers", {{"t", ring_in(1000)}}}});
  clock.advance(seconds(2));
  writer->before = [](std::string_view call) {
    if (call == "append") throw StoreError(Code::disk_full, "test");
  };
  const auto failed = engine->tick();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::disk_full);
  writer->before = [](std::string_view) {};
  ASSERT_TRUE(engine->tick());
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open ring");
}

}  // namespace
}  // namespace sparkgate::test
