// What the engine finds when it starts: a log that is whole goes on; one that was rolled back or altered takes nothing
// more and says why, and reading goes on.
#include <fstream>

#include "engine/base/codes.h"
#include "tests/support/log_rig.h"

namespace sparkgate::test {
namespace {

class LogStart : public LogRig {
 protected:
  void record(int count) {
    for (int n = 0; n < count; ++n) must(to_counter(id, "note"));
  }
  /// Stops, and copies the data directory aside; the mark stays where it is.
  void back_up() {
    engine.reset();
    std::filesystem::copy(folder.path(), backup.path(), std::filesystem::copy_options::recursive);
    std::filesystem::remove(backup.path() / "high_water");
    open();
  }
  void restore() {
    engine.reset();
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      if (file.path().filename() != "high_water") std::filesystem::remove(file);
    }
    std::filesystem::copy(backup.path(), folder.path(), std::filesystem::copy_options::recursive);
    open();
  }
  std::string obstacle() {
    const auto found = engine->log_obstacle();
    return found ? std::string(refusal_row(found->code).name) : "";
  }
  void expect_read_only(const std::string& code) {
    EXPECT_EQ(obstacle(), code);
    EXPECT_EQ(refusal_of(to_counter(id, "note")), code);
    EXPECT_EQ(engine->latest_checkpoint(), nullptr) << "nothing is signed";
    EXPECT_EQ(get(id).id, id) << "reading goes on";
    EXPECT_TRUE(engine->write([](Writer& w) { w.put_meta("a", "b"); })) << "sign-ins go on";
    ASSERT_FALSE(reports.empty());
    EXPECT_NE(reports.back().find(code), std::string::npos) << reports.back();
  }
  std::string id = open_one();
  TempFolder backup;
};

TEST_F(LogStart, of_a_whole_log_goes_on_where_it_was) {
  for (const int more : {1, 253, 1, 1, 255, 1, 300}) {
    record(more);
    const StoredLog before = log();
    reopen();
    ASSERT_EQ(obstacle(), "");
    EXPECT_EQ(engine->latest_checkpoint()->checkpoint.size, before.size);
    EXPECT_EQ(engine->latest_checkpoint()->checkpoint.root, before.root);
    expect_covered(must(to_counter(id, "note")));
  }
  expect_whole_log();
}

TEST_F(LogStart, after_an_older_copy_was_put_back_refuses_and_says_how_to_go_on) {
  record(10);
  back_up();
  record(5);
  restore();
  expect_read_only("log_behind_mark");
  const Json details = engine->log_obstacle()->details;
  EXPECT_EQ(details["actual"], 11);
  EXPECT_EQ(details["needed"], 16);
  EXPECT_EQ(refusal_row(Code::log_behind_mark).http_status, 503);
}

TEST_F(LogStart, after_a_copy_of_the_newest_state_goes_on) {
  record(10);
  back_up();
  restore();
  EXPECT_EQ(obstacle(), "");
}

// The old copy goes on without its mark until it is longer; then the true mark comes back.
TEST_F(LogStart, with_another_history_than_was_signed_refuses) {
  record(10);
  back_up();
  record(5);
  const auto aside = backup.path() / "true_mark";
  std::filesystem::copy(high_water, aside);
  std::filesystem::remove(high_water);
  restore();
  std::filesystem::remove(folder.path() / "true_mark");
  ASSERT_EQ(obstacle(), "") << "without a mark nothing tells";
  record(20);
  engine.reset();
  std::filesystem::copy(aside, high_water, std::filesystem::copy_options::overwrite_existing);
  open();
  expect_read_only("log_behind_mark");
}

TEST_F(LogStart, with_a_mark_of_a_log_it_does_not_know_refuses) {
  engine.reset();
  ASSERT_TRUE(journal::HighWater::open(high_water)->write({sha256("other/log"), 1, sha256("root")}));
  open();
  expect_read_only("log_behind_mark");
}

TEST_F(LogStart, says_when_there_is_no_mark_or_a_torn_one) {
  record(3);
  reopen();
  EXPECT_EQ(reports.back(), "log test/log: 4 entries, signed up to 4");
  engine.reset();
  std::fstream(high_water, std::ios::in | std::ios::out | std::ios::binary).seekp(20).put('x').seekp(532).put('x');
  open();
  EXPECT_EQ(reports.back(), "log test/log: 4 entries, no high-water mark (a slot of the mark is torn)");
  EXPECT_EQ(obstacle(), "");
  engine.reset();
  std::filesystem::remove(high_water);
  open();
  EXPECT_EQ(reports.back(), "log test/log: 4 entries, no high-water mark");
}

TEST_F(LogStart, a_mark_that_cannot_be_kept_holds_entries_back) {
  high_water = folder.path() / "no folder" / "high_water";
  reopen();
  EXPECT_EQ(obstacle(), "file_unwritable");
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "file_unwritable");
}

// -- the way on

Command first_of(const Continuation& before) {
  return open_counter({{"personal", {{"continues", before.origin}, {"checkpoint", before.checkpoint}}}});
}

TEST_F(LogStart, a_log_that_cannot_go_on_is_continued_under_a_new_origin) {
  record(300);
  back_up();
  record(5);
  const std::string newest = engine->latest_checkpoint()->note;
  restore();
  ASSERT_EQ(obstacle(), "log_behind_mark");
  Continuation told;
  const auto opened = engine->continue_log("test/log-2", [&](const Continuation& before) {
    told = before;
    return first_of(before);
  });
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(told.origin, "test/log");
  ASSERT_TRUE(told.high_water);
  EXPECT_EQ(told.high_water->size, 306u) << "the lost entries are 301 to 305";
  ASSERT_TRUE(key.holds(told.checkpoint));
  EXPECT_EQ(journal::parse_checkpoint(parse_note(told.checkpoint)->text)->size, 301u);
  EXPECT_EQ(obstacle(), "");
  EXPECT_EQ(opened->origin, "test/log-2");
  EXPECT_EQ(opened->index, 0);
  EXPECT_EQ(opened->entry, 301);
  expect_covered(*opened);
  // Chains cross the border.
  const Receipt next = must(to_counter(id, "note"));
  EXPECT_EQ(next.index, 1);
  EXPECT_EQ(next.version, 302);
  expect_covered(next);
  const auto chain = entries(id);
  EXPECT_TRUE(journal::verify_chain(chain));
  EXPECT_EQ(journal::read_head(chain[300])->origin, "test/log");
  EXPECT_EQ(journal::read_head(chain[301])->origin, "test/log-2");
  expect_whole_log();
  reopen();
  EXPECT_EQ(obstacle(), "");
  expect_covered(must(to_counter(id, "note")));
}

TEST_F(LogStart, entries_of_a_closed_log_are_proved_by_its_last_checkpoint) {
  Command command = to_counter(id, "note");
  command.idempotency_key = "k";
  must(command);
  ASSERT_TRUE(engine->continue_log("test/log-2", first_of));
  const Receipt again = must(command);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.origin, "test/log");
  EXPECT_EQ(again.index, 1);
  expect_covered(again);
}

TEST_F(LogStart, continuing_that_fails_leaves_the_old_log_going_on) {
  record(3);
  const auto refusal = engine->continue_log("test/log-2", [](const Continuation&) {
    return open_counter({{"refuse", true}});
  });
  EXPECT_FALSE(refusal);
  writer->before = [](std::string_view call) {
    if (call == "commit") throw StoreError(Code::store_failed, "test");
  };
  EXPECT_FALSE(engine->continue_log("test/log-2", first_of));
  writer->before = [](std::string_view) {};
  EXPECT_EQ(engine->read()->logs().size(), 1u);
  EXPECT_EQ(must(to_counter(id, "note")).origin, "test/log");
  expect_whole_log();
  const auto known = engine->continue_log("test/log", first_of);
  ASSERT_FALSE(known);
  EXPECT_EQ(known.error().code, Code::origin_known);
}

TEST_F(LogStart, the_mark_of_a_closed_log_does_not_hold_its_successor_back) {
  record(3);
  ASSERT_TRUE(engine->continue_log("test/log-2", first_of));
  engine.reset();
  ASSERT_TRUE(journal::HighWater::open(high_water)->write({sha256("test/log"), 4, sha256("any")}));  // killed before
  open();
  EXPECT_EQ(obstacle(), "");
}

}  // namespace
}  // namespace sparkgate::test
