// The log while it runs: what is acknowledged is in a signed tree, and what is undone leaves no trace in it.
#include <random>
#include <thread>

#include "engine/base/codes.h"
#include "tests/support/log_rig.h"

namespace sparkgate::test {
namespace {

class Log : public LogRig {
 protected:
  // Runs `work` on several threads at once, so that batches form.
  void together(int threads, const std::function<void(int)>& work) {
    std::vector<std::jthread> all;
    for (int t = 0; t < threads; ++t) all.emplace_back([&, t] { work(t); });
  }
};

TEST_F(Log, every_acknowledged_command_has_a_checkpoint_that_covers_it) {
  std::mutex mutex;
  std::vector<Receipt> receipts;
  together(8, [&](int) {
    const std::string id = open_one();
    for (int n = 0; n < 80; ++n) {
      const Receipt receipt = must(to_counter(id, "note"));
      const std::lock_guard lock(mutex);
      receipts.push_back(receipt);
    }
  });
  for (const Receipt& receipt : receipts) expect_covered(receipt);
  expect_whole_log();
  EXPECT_EQ(log().size, 8u * 81u);
  EXPECT_LE(key.signatures, static_cast<int>(writer->commits) + 1) << "one signature a batch";
}

TEST_F(Log, a_batch_that_records_nothing_is_not_signed) {
  open_one();
  const int before = key.signatures;
  EXPECT_TRUE(engine->write([](Writer& w) { w.put_meta("a", "b"); }));
  EXPECT_EQ(refusal_of(to_counter("no-such-id", "note")), "not_found");
  EXPECT_EQ(key.signatures, before);
}

// Refusals before and after something was stored, faulty workflows, follow-ups that are refused, store errors of one
// command and of whole batches: the tree holds exactly the entries that stayed.
TEST_F(Log, what_is_undone_leaves_no_trace_in_the_tree) {
  std::atomic<uint32_t> dice = 1;
  const auto roll = [&](int sides) {
    return static_cast<int>(std::minstd_rand(dice++ * 48271u)() / 7 % static_cast<unsigned>(sides));
  };
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(open_one());
  writer->before = [&](std::string_view call) {
    const bool may_fail = call == "append" || call == "put_answer" || call == "put_tile" || call == "put_log" ||
                          call == "commit" || call == "put_follow_up";
    if (may_fail && roll(25) == 0) throw StoreError(Code::store_failed, "test");
  };
  std::atomic<int> done = 0;
  together(6, [&](int t) {
    for (int n = 0; n < 120; ++n) {
      Json payload = Json::object();
      if (roll(5) == 0) payload["refuse"] = roll(2) ? Json(true) : Json("apply");
      if (roll(9) == 0) payload["refuse"] = "throw";
      if (roll(4) == 0) {
        payload["follow_ups"] = {
            {{"instance", ids[roll(4)]}, {"event", "note"}, {"payload", {{"refuse", roll(2) == 0}}}}};
      }
      Command command = to_counter(ids[roll(4)], "note", payload);
      command.idempotency_key = std::to_string(t) + "-" + std::to_string(n);
      try {
        done += engine->execute(command).has_value();
      } catch (const std::logic_error&) {
      }
    }
  });
  writer->before = [](std::string_view) {};
  EXPECT_GT(done, 100);
  expect_whole_log();
  expect_covered(must(to_counter(ids[0], "note")));
  reopen();
  EXPECT_EQ(engine->log_obstacle(), std::nullopt);
  expect_whole_log();
}

TEST_F(Log, each_failing_call_leaves_tree_and_mark_as_they_were) {
  const std::string id = open_one();
  for (int n = 0; n < 254; ++n) must(to_counter(id, "note"));  // the next entry completes a tile
  ASSERT_EQ(log().size, 255u);
  for (const char* call :
       {"begin", "savepoint", "put", "append", "put_answer", "release", "put_tile", "put_log", "commit"}) {
    const StoredLog before = log();
    const std::string signed_before = engine->latest_checkpoint()->note;
    const auto marked_before = journal::HighWater::open(high_water)->mark();
    writer->before = [&](std::string_view made) {
      if (made == call) throw StoreError(Code::store_failed, "test");
    };
    Command command = to_counter(id, "note");
    command.idempotency_key = call;
    EXPECT_EQ(refusal_of(command), "store_failed") << call;
    writer->before = [](std::string_view) {};
    EXPECT_EQ(log().size, before.size) << call;
    EXPECT_EQ(log().root, before.root) << call;
    EXPECT_EQ(engine->latest_checkpoint()->note, signed_before) << call;
    EXPECT_EQ(journal::HighWater::open(high_water)->mark(), marked_before) << call;
  }
  expect_covered(must(to_counter(id, "note")));
  EXPECT_TRUE(engine->read()->tile(0, 0, 0));
  expect_whole_log();
}

TEST_F(Log, a_repeated_request_gets_its_entry_under_the_newest_checkpoint) {
  Command command = open_counter();
  command.idempotency_key = "k";
  const Receipt first = must(command);
  open_one();
  const Receipt again = must(command);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.index, first.index);
  EXPECT_EQ(again.leaf, first.leaf);
  EXPECT_NE(again.checkpoint, first.checkpoint);
  expect_covered(again);
}

TEST_F(Log, commands_all_or_nothing_are_covered_each) {
  const auto receipts = engine->execute_all({open_counter(), open_counter(), open_counter()});
  ASSERT_TRUE(receipts);
  for (const Receipt& receipt : *receipts) expect_covered(receipt);
}

// -- a key that fails

TEST_F(Log, a_key_that_fails_after_the_commit_holds_the_receipt_back_and_the_repeat_gets_it) {
  const std::string id = open_one();
  Command command = to_counter(id, "note");
  command.idempotency_key = "k";
  key.fails = true;
  EXPECT_EQ(refusal_of(command), "signing_failed");
  EXPECT_EQ(refusal_row(Code::signing_failed).http_status, 503);
  EXPECT_EQ(get(id).version, 2) << "what was committed stays";
  EXPECT_EQ(refusal_of(command), "signing_failed") << "and is not done twice";
  EXPECT_EQ(get(id).version, 2);
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "signing_failed") << "nothing more is taken";
  EXPECT_EQ(get(id).version, 2);
  ASSERT_TRUE(engine->log_obstacle());
  EXPECT_EQ(engine->log_obstacle()->code, Code::signing_failed);
  EXPECT_TRUE(engine->write([](Writer& w) { w.put_meta("a", "b"); })) << "sign-ins go on";
  key.fails = false;
  const Receipt receipt = must(command);
  EXPECT_TRUE(receipt.replayed);
  expect_covered(receipt);
  EXPECT_EQ(engine->log_obstacle(), std::nullopt);
  expect_covered(must(to_counter(id, "note")));
}

TEST_F(Log, timers_wait_while_nothing_can_be_signed) {
  const std::string id = open_one({{"timers", {{"t", {{"after_ms", 1000}, {"event", "ring"}}}}}});
  key.fails = true;
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "signing_failed");
  clock.advance(seconds(2));
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open note");
  key.fails = false;
  ASSERT_TRUE(engine->tick());
  EXPECT_EQ(story(id), "open note ring");
  expect_whole_log();
}

TEST_F(Log, a_key_that_does_not_fit_its_own_check_signs_nothing) {
  signer.verify = [](const std::string&) { return true; };  // whatever one shows it
  reopen();
  EXPECT_EQ(refusal_of(open_counter()), "signing_failed");
  EXPECT_EQ(engine->latest_checkpoint(), nullptr);
  signer.verify = [](const std::string&) { return false; };
  reopen();
  EXPECT_EQ(refusal_of(open_counter()), "signing_failed");
}

// -- publishing

TEST_F(Log, a_checkpoint_is_published_once_a_second_at_most_and_the_newest_then) {
  engine->published_checkpoint();
  std::vector<uint64_t> seen;
  engine->on_publish([&](const SignedPtr& published) { seen.push_back(published->checkpoint.size); });
  const auto size = [&] { return engine->published_checkpoint()->checkpoint.size; };
  const auto await = [&](uint64_t wanted) {  // the writer's idle turn may be publishing it just now
    while (size() != wanted) std::this_thread::yield();
  };
  open_one();
  EXPECT_EQ(size(), 0u) << "of the start";
  clock.advance(seconds(1));
  await(1);
  open_one(), open_one();
  EXPECT_EQ(size(), 1u);
  clock.advance(milliseconds(999));
  EXPECT_EQ(size(), 1u);
  clock.advance(milliseconds(1));
  await(3);
  clock.advance(hours(1));
  EXPECT_EQ(size(), 3u);
  engine->stop();
  EXPECT_EQ(seen, (std::vector<uint64_t>{1, 3}));
}

// -- tiles

TEST_F(Log, tiles_are_served_as_wide_as_the_tree_was_and_never_empty) {
  const std::string id = open_one();
  for (int n = 0; n < 599; ++n) must(to_counter(id, "note"));
  auto reader = engine->read();
  const LogReader read(*reader, log());
  const auto leaves = reader->leaves(0, 600);
  const auto joined = [&](size_t from, size_t until) {
    std::string out;
    for (size_t i = from; i < until; ++i) out += bytes_of(leaves[i]);
    return out;
  };
  EXPECT_EQ(read.tile({0, 0, 256}, 600).value(), joined(0, 256));
  EXPECT_EQ(read.tile({0, 1, 256}, 600).value(), joined(256, 512));
  EXPECT_EQ(read.tile({0, 1, 7}, 600).value(), joined(256, 263)) << "part of a tile that is full by now";
  EXPECT_EQ(read.tile({0, 2, 88}, 600).value(), joined(512, 600));
  EXPECT_EQ(read.tile({1, 0, 2}, 600).value().size(), 64u);
  EXPECT_EQ(journal::parse_entry_bundle(*read.tile({journal::TileName::k_entries, 2, 88}, 600)).value(),
            reader->entry_bytes(512, 600));
  for (const journal::TileName& name : std::vector<journal::TileName>{{0, 2, 89},
                                                                      {0, 2, 256},
                                                                      {0, 3, 1},
                                                                      {1, 0, 3},
                                                                      {1, 0, 256},
                                                                      {1, 1, 1},
                                                                      {2, 0, 1},
                                                                      {63, 0, 1},
                                                                      {0, UINT64_MAX, 256},
                                                                      {0, UINT64_MAX / 256, 256},
                                                                      {journal::TileName::k_entries, 2, 89}}) {
    const auto tile = read.tile(name, 600);
    ASSERT_FALSE(tile) << journal::tile_path(name);
    EXPECT_EQ(tile.error().code, Code::not_found);
  }
  EXPECT_FALSE(read.tile({0, 1, 256}, 511)) << "as of an earlier size";
}

TEST_F(Log, proofs_between_all_sizes_and_of_all_entries_verify) {
  const std::string id = open_one();
  for (int n = 0; n < 519; ++n) must(to_counter(id, "note"));
  auto reader = engine->read();
  const LogReader read(*reader, log());
  const auto leaves = reader->leaves(0, 520);
  for (const uint64_t size : {1u, 2u, 255u, 256u, 257u, 300u, 511u, 512u, 513u, 520u}) {
    const Digest root = read.root(size).value();
    for (uint64_t i = 0; i < size; i += 37) {
      EXPECT_TRUE(journal::verify_inclusion(i, size, leaves[i], read.inclusion(i, size).value(), root))
          << i << " " << size;
    }
    for (const uint64_t from : {1u, 100u, 255u, 256u, 512u}) {
      if (from > size) continue;
      const auto proof = read.consistency(from, size).value();
      EXPECT_TRUE(journal::verify_consistency(from, size, read.root(from).value(), root, proof)) << from << " " << size;
    }
  }
}

}  // namespace
}  // namespace sparkgate::test
