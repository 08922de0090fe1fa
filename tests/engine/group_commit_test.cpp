#include <thread>

#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

using GroupCommit = EngineRig;

void in_threads(int count, const std::function<void(int)>& work) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
}

TEST_F(GroupCommit, many_commands_share_a_transaction_and_each_is_answered) {
  constexpr int k_threads = 32, k_each = 20;
  std::vector<std::string> ids;
  for (int i = 0; i < k_threads; ++i) ids.push_back(open_one());
  const int commits_before = writer->commits;
  in_threads(k_threads, [&](int i) {
    for (int n = 1; n <= k_each; ++n) {
      const auto receipt = engine->execute(to_counter(ids[i], "add", {{"amount", 1}}, n));
      ASSERT_TRUE(receipt);
      ASSERT_EQ(receipt->version, n + 1);
    }
  });
  EXPECT_LT(writer->commits - commits_before, k_threads * k_each) << "no batch ever held two commands";
  for (const std::string& id : ids) {
    EXPECT_EQ(get(id).data["count"], k_each);
    EXPECT_TRUE(journal::verify_chain(entries(id)));
  }
}

TEST_F(GroupCommit, the_log_has_no_gap_and_no_index_twice) {
  std::mutex mutex;
  std::set<int64_t> indexes, slots;
  in_threads(16, [&](int) {
    for (int n = 0; n < 10; ++n) {
      const auto receipt = engine->execute(open_counter());
      ASSERT_TRUE(receipt);
      const std::lock_guard lock(mutex);
      indexes.insert(receipt->index);
      slots.insert(get(receipt->instance).slot);
    }
  });
  EXPECT_EQ(indexes.size(), 160u);
  EXPECT_EQ(*indexes.rbegin(), 159);
  EXPECT_EQ(slots.size(), 160u);
  EXPECT_EQ(*slots.rbegin(), 159);
}

TEST_F(GroupCommit, an_acknowledged_command_is_visible_to_every_reader) {
  const std::string id = open_one();
  in_threads(8, [&](int) {
    for (int n = 0; n < 20; ++n) {
      const auto receipt = engine->execute(to_counter(id, "note", {{"amount", 1}}));
      ASSERT_TRUE(receipt);
      ASSERT_GE(get(id).version, receipt->version);
    }
  });
  EXPECT_EQ(get(id).data["count"], 160);
}

TEST_F(GroupCommit, listeners_hear_of_each_entry_before_the_answer) {
  std::mutex mutex;
  std::map<std::string, int64_t> heard;
  engine->on_commit([&](const std::vector<Transition>& transitions) {
    const std::lock_guard lock(mutex);
    for (const auto& transition : transitions) heard[transition.instance->id] = transition.instance->version;
  });
  const std::string id = open_one();
  must(to_counter(id, "note"));
  const std::lock_guard lock(mutex);
  EXPECT_EQ(heard[id], 2);
}

TEST_F(GroupCommit, a_full_queue_refuses_and_stop_finishes_what_waits) {
  reopen({.max_waiting = 2});
  const std::string id = open_one();
  std::binary_semaphore go{0}, inside{0};
  std::jthread blocker([&] {
    EXPECT_TRUE(engine->write([&](Writer&) {
      inside.release();
      go.acquire();
    }));
  });
  inside.acquire();
  std::atomic<int> done = 0, busy = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] { refusal_of(to_counter(id, "note")) == "too_busy" ? ++busy : ++done; });
    }
    while (busy < 4) std::this_thread::yield();
    std::jthread stopper([&] { engine->stop(); });
    go.release();
  }
  EXPECT_EQ(done, 2);
  EXPECT_EQ(get(id).version, 3);
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "draining");
}

TEST_F(GroupCommit, all_or_nothing_undoes_all_and_names_the_culprit) {
  const std::string id = open_one();
  const auto refused =
      engine->execute_all({to_counter(id, "add", {{"amount", 1}}, 1), open_counter({{"serials", {"n"}}}),
                           to_counter(id, "add", {{"refuse", true}}, 2)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conditions_unmet);
  EXPECT_EQ(refused.error().details["command"], 2);
  EXPECT_EQ(get(id).version, 1);
  EXPECT_EQ(engine->read()->counter("n"), 0);
  const auto done = engine->execute_all({to_counter(id, "add", {{"amount", 1}}, 1), to_counter(id, "add", {}, 2)});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->at(1).version, 3);
  EXPECT_EQ(get(id).data["count"], 1);
}

}  // namespace
}  // namespace sparkgate::test
