#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

using ClockJumps = EngineRig;
constexpr auto k_year = hours(24 * 365);

TEST_F(ClockJumps, a_second_is_followed_and_the_log_never_goes_back) {
  const std::string id = open_one();
  Time last = get(id).at;
  for (const int s : {1, -1, -1, 1, -1}) {
    clock.advance(milliseconds(10));
    clock.jump(seconds(s));
    const Receipt receipt = must(to_counter(id, "note"));
    EXPECT_GE(receipt.at, last);
    last = receipt.at;
  }
  EXPECT_FALSE(engine->clock_suspect());
  EXPECT_TRUE(journal::verify_chain(entries(id)));
}

TEST_F(ClockJumps, an_hour_or_ten_years_stop_commands_until_someone_confirms) {
  const std::string id = open_one();
  for (const milliseconds jump : {milliseconds(hours(1)), milliseconds(hours(-1)), milliseconds(10 * k_year),
                                  milliseconds(-10 * k_year), milliseconds(seconds(61)), milliseconds(seconds(-61))}) {
    const Instance before = get(id);
    clock.jump(jump);
    EXPECT_EQ(refusal_of(to_counter(id, "note")), "clock_suspect") << jump.count();
    EXPECT_TRUE(engine->clock_suspect());
    clock.advance(hours(2));
    EXPECT_EQ(refusal_of(to_counter(id, "note")), "clock_suspect") << "time alone heals nothing";
    EXPECT_EQ(get(id).version, before.version);
    EXPECT_TRUE(engine->write([](Writer& writer) { writer.put_meta("still", "writable"); }));
    ASSERT_TRUE(engine->confirm_clock());
    EXPECT_FALSE(engine->clock_suspect());
    EXPECT_GE(must(to_counter(id, "note")).at, before.at);
  }
  EXPECT_TRUE(journal::verify_chain(entries(id)));
}

TEST_F(ClockJumps, an_answer_given_before_is_given_again_meanwhile) {
  Command command = open_counter();
  command.idempotency_key = "k";
  const Receipt first = must(command);
  clock.jump(hours(1));
  EXPECT_EQ(must(command).instance, first.instance);
}

TEST_F(ClockJumps, timers_wait_for_the_confirmation_and_then_fire_in_order) {
  const std::string id = open_one({{"timers", {{"b", {{"after_ms", 2000}, {"event", "ring"}}},
                                               {"a", {{"after_ms", 3000}, {"event", "ring"}}}}}});
  clock.jump(10 * k_year);
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open");
  ASSERT_TRUE(engine->confirm_clock());
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(get(id).data["rung"], Json::array({"b", "a"}));
}

TEST_F(ClockJumps, a_timer_that_fired_does_not_come_back_with_the_clock) {
  const std::string id = open_one({{"timers", {{"t", {{"after_ms", 1000}, {"event", "ring"}}}}}});
  clock.advance(seconds(2));
  ASSERT_TRUE(engine->tick());
  clock.jump(-10 * k_year);
  ASSERT_TRUE(engine->confirm_clock());
  ASSERT_TRUE(engine->tick());
  clock.advance(10 * k_year);
  ASSERT_TRUE(engine->confirm_clock());
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open ring");
}

TEST_F(ClockJumps, a_start_over_a_minute_before_the_latest_entry_is_suspect) {
  const std::string id = open_one();
  const Time before = get(id).at;
  engine.reset();
  clock.jump(seconds(-61));
  open();
  EXPECT_TRUE(engine->clock_suspect());
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "clock_suspect");
  ASSERT_TRUE(engine->confirm_clock());
  EXPECT_EQ(must(to_counter(id, "note")).at, before) << "`at` stands still until the wall clock has caught up";
  clock.advance(seconds(65));
  EXPECT_EQ(must(to_counter(id, "note")).at, before + seconds(4));
}

TEST_F(ClockJumps, a_start_a_moment_before_the_latest_entry_is_a_correction) {
  const std::string id = open_one();
  const Time before = get(id).at;
  engine.reset();
  clock.jump(seconds(-1));
  open();
  EXPECT_FALSE(engine->clock_suspect());
  EXPECT_EQ(must(to_counter(id, "note")).at, before) << "`at` never decreases";
}

}  // namespace
}  // namespace sparkgate::test
