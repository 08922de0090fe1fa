#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

class StoreFailure : public EngineRig {
 protected:
  void fail_at(const std::string& wanted, Code code = Code::store_failed) {
    writer->before = [wanted, code](std::string_view call) {
      if (call == wanted) throw StoreError(code, "test");
    };
  }
  void mend() {
    writer->before = [](std::string_view) {};
  }
};

// Whatever call fails: nothing is stored, nothing of it is remembered, and the next command goes through.
TEST_F(StoreFailure, at_any_call_leaves_nothing_behind) {
  const std::string id = open_one();
  const Json busy = {{"amount", 1},
                     {"notices", {{{"role", "counter"}, {"code", "hello"}}, {{"role", "counter"}, {"code", "again"}}}},
                     {"timers", {{"t", {{"after_ms", 1000}, {"event", "ring"}}}}}};
  for (const char* call : {"begin", "savepoint", "put", "append", "put_notice", "put_answer", "release", "commit"}) {
    for (const Code code : {Code::store_failed, Code::disk_full}) {
      const std::string before = whole(get(id));
      fail_at(call, code);
      Command command = to_counter(id, "add", busy, get(id).version);
      command.idempotency_key = std::string(call) + std::to_string(static_cast<int>(code));
      EXPECT_EQ(refusal_of(command), refusal_row(code).name) << call;
      EXPECT_EQ(whole(get(id)), before) << call;
      mend();
      const Receipt receipt = must(command);
      EXPECT_FALSE(receipt.replayed) << call;
      EXPECT_EQ(get(id).version, receipt.version);
    }
  }
  const auto replayed = replay(*registry.find("counter"), entries(id));
  ASSERT_TRUE(replayed);
  EXPECT_EQ(whole(*replayed), whole(get(id)));
}

// Fills one batch while the writer is held, so that what happens to one command can be told from the others.
TEST_F(StoreFailure, of_one_command_undoes_that_one_alone) {
  const std::string good = open_one(), bad = open_one();
  std::binary_semaphore go{0}, inside{0};
  std::string good_refusal, bad_refusal;
  std::jthread blocker([&] {
    EXPECT_TRUE(engine->write([&](Writer&) {
      inside.release();
      go.acquire();
    }));
  });
  inside.acquire();
  std::jthread one([&] { good_refusal = refusal_of(to_counter(good, "note")); });
  std::jthread two([&] { bad_refusal = refusal_of(to_counter(bad, "note", {{"serials", {"n"}}, {"refuse", false}})); });
  std::atomic<bool> failed = false;
  writer->before = [&](std::string_view call) {
    if (call == "put_answer" && !failed.exchange(true)) throw StoreError(Code::store_failed, "test");
  };
  Command keyed = to_counter(bad, "note");
  keyed.idempotency_key = "k";
  std::string keyed_refusal;
  std::jthread three([&] { keyed_refusal = refusal_of(keyed); });
  std::this_thread::sleep_for(milliseconds(50));
  go.release();
  one.join(), two.join(), three.join();
  EXPECT_EQ(good_refusal, "");
  EXPECT_EQ(bad_refusal, "");
  EXPECT_EQ(keyed_refusal, "store_failed");
  EXPECT_EQ(get(good).version, 2);
  EXPECT_EQ(get(bad).version, 2);
}

TEST_F(StoreFailure, of_the_commit_refuses_everybody_in_the_batch) {
  const std::string id = open_one();
  fail_at("commit");
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] { refused += refusal_of(to_counter(id, "note")) == "store_failed"; });
    }
  }
  EXPECT_EQ(refused, 8);
  EXPECT_EQ(get(id).version, 1);
  mend();
  const Receipt receipt = must(to_counter(id, "note"));
  EXPECT_EQ(receipt.version, 2);
  EXPECT_EQ(receipt.index, 1) << "indexes of the lost batch are used again";
  reopen();
  EXPECT_EQ(must(to_counter(id, "note")).index, 2);
}

// A limit on the size of files stands in for a full disk: the write-ahead log cannot grow.
TEST_F(StoreFailure, a_full_disk_is_507_and_mends_without_a_restart) {
  const std::string id = open_one();
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = std::filesystem::file_size(folder.path() / "sparkgate.db-wal") + 40'000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string refusal;
  int done = 0;
  const std::string padding(3000, 'x');
  while (done < 100 && (refusal = refusal_of(to_counter(id, "note", {{"personal", {{"p", padding}}}}))).empty()) ++done;
  const std::string again = refusal_of(to_counter(id, "note", {{"personal", {{"p", padding}}}}));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(refusal, "disk_full") << "after " << done;
  EXPECT_EQ(again, "disk_full");
  EXPECT_EQ(refusal_row(Code::disk_full).http_status, 507);
  EXPECT_EQ(get(id).version, done + 1);
  EXPECT_EQ(must(to_counter(id, "note")).version, done + 2);
  EXPECT_TRUE(journal::verify_chain(entries(id)));
}

}  // namespace
}  // namespace sparkgate::test
