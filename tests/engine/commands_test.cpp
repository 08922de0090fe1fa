#include <thread>

#include "engine/base/codes.h"
#include "tests/support/engine_rig.h"

namespace sparkgate::test {
namespace {

using Commands = EngineRig;

Command with_key(Command command, const std::string& key, std::string_view body = "body") {
  command.idempotency_key = key;
  command.body_digest = sha256(body);
  return command;
}

// -- versions

TEST_F(Commands, of_fifty_writers_exactly_one_wins_each_version) {
  const std::string id = open_one();
  constexpr int k_threads = 50, k_target = 200;
  std::array<std::atomic<int>, k_target + 2> winners{};
  std::vector<std::jthread> threads;
  for (int i = 0; i < k_threads; ++i) {
    threads.emplace_back([&] {
      for (int64_t seen = 1; seen <= k_target;) {
        const auto done = engine->execute(to_counter(id, "add", {{"amount", 1}}, seen));
        if (done) {
          ++winners[seen];
          seen = done->version;
        } else {
          ASSERT_EQ(done.error().code, Code::version_mismatch);
          seen = done.error().details["actual"];
        }
      }
    });
  }
  threads.clear();
  for (int v = 1; v <= k_target; ++v) EXPECT_EQ(winners[v], 1) << "version " << v;
  EXPECT_EQ(get(id).version, k_target + 1);
  EXPECT_EQ(get(id).data["count"], k_target) << "an update was lost";
}

TEST_F(Commands, only_fact_events_go_without_a_version) {
  const std::string id = open_one();
  EXPECT_EQ(refusal_of(to_counter(id, "add")), "version_required");
  EXPECT_EQ(refusal_of(to_counter(id, "add", {}, 7)), "version_mismatch");
  EXPECT_EQ(refusal_of(to_counter(id, "note")), "");
  EXPECT_EQ(refusal_of(to_counter(id, "note", {}, 1)), "version_mismatch") << "but where it is given it counts";
  EXPECT_EQ(refusal_of(to_counter(id, "note", {}, 2)), "");
}

// -- who and what

TEST_F(Commands, refuses_what_is_not_there_or_not_to_be_seen) {
  const std::string id = open_one();
  Command stranger = to_counter(id, "note");
  stranger.actor.name = "stranger";
  Command elsewhere = to_counter(id, "note");
  elsewhere.workflow = "echo";
  EXPECT_EQ(refusal_of(stranger), "not_found");
  EXPECT_EQ(refusal_of(elsewhere), "not_found") << "an instance of another workflow";
  EXPECT_EQ(refusal_of(to_counter("no-such-id", "note")), "not_found");
  EXPECT_EQ(refusal_of(to_counter("", "note")), "not_found");
  EXPECT_EQ(refusal_of(to_counter(id, "dance")), "unknown_event");
}

TEST_F(Commands, people_are_p1_p2_in_the_log_and_known_beside_it) {
  const std::string id = open_one({{"with", {"person-ben"}}});
  Command by_ben = to_counter(id, "note");
  by_ben.actor = a_person("ben");
  must(by_ben);
  const auto all = entries(id);
  EXPECT_EQ(journal::read_head(all[0])->actor, "p1");
  EXPECT_EQ(journal::read_head(all[1])->actor, "p2");
  EXPECT_EQ(get(id).personal->at("people")["p1"]["person"], "person-ann");
  for (const auto& entry : all) EXPECT_EQ((entry.bytes + entry.facts.json).find("ann"), std::string::npos);
}

// -- idempotency

TEST_F(Commands, the_same_key_gives_the_same_receipt_also_after_a_restart) {
  const Receipt first = must(with_key(open_counter({{"amount", 5}}), "k1"));
  must(to_counter(first.instance, "note"));
  for (const bool restarted : {false, true}) {
    if (restarted) reopen();
    const Receipt again = must(with_key(open_counter({{"amount", 5}}), "k1"));
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(std::tie(again.instance, again.version, again.index, again.leaf, again.at, again.state),
              std::tie(first.instance, first.version, first.index, first.leaf, first.at, first.state));
  }
  EXPECT_EQ(get(first.instance).version, 2);
  EXPECT_EQ(listed("counter"), 1u);
}

TEST_F(Commands, a_key_belongs_to_one_account_and_one_body) {
  const Receipt first = must(with_key(open_counter(), "k1"));
  EXPECT_EQ(refusal_of(with_key(open_counter(), "k1", "other body")), "idempotency_key_reused");
  Command by_ben = with_key(open_counter(), "k1", "other body");
  by_ben.actor = a_person("ben");
  EXPECT_NE(must(by_ben).instance, first.instance);
}

TEST_F(Commands, of_many_at_once_with_one_key_one_acts) {
  std::vector<std::jthread> threads;
  std::mutex mutex;
  std::set<std::string> ids;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const Receipt receipt = must(with_key(open_counter(), "same"));
      const std::lock_guard lock(mutex);
      ids.insert(receipt.instance);
    });
  }
  threads.clear();
  EXPECT_EQ(ids.size(), 1u);
}

TEST_F(Commands, a_refused_command_keeps_its_key_free_and_old_answers_go) {
  EXPECT_EQ(refusal_of(with_key(open_counter({{"refuse", true}}), "k1")), "conditions_unmet");
  const Receipt first = must(with_key(open_counter(), "k1"));
  clock.advance(hours(24 * 7) - seconds(2));
  EXPECT_TRUE(must(with_key(open_counter(), "k1")).replayed);
  clock.advance(seconds(4));
  must(open_counter());
  EXPECT_FALSE(must(with_key(open_counter(), "k1")).replayed) << "kept for seven days";
}

// -- refusals

TEST_F(Commands, a_refused_command_stores_nothing) {
  const std::string id = open_one({{"serials", {"n"}}, {"links", {{"area", "1"}}}});
  const std::string before = whole(get(id));
  const Json everything = {{"serials", {"n"}},
                           {"secrets", {{"s", "v"}}},
                           {"links", {{"area", "2"}}},
                           {"notices", {{{"role", "counter"}, {"code", "hello"}}}},
                           {"timers", {{"t", {{"after_ms", 1000}, {"event", "ring"}}}}},
                           {"with", {"person-ben"}}};
  for (const char* how : {"decide", "apply"}) {
    Json payload = everything;
    payload["refuse"] = how == std::string("decide") ? Json(true) : Json("apply");
    EXPECT_NE(refusal_of(to_counter(id, "add", payload, 1)), "") << how;
    EXPECT_NE(refusal_of(open_counter(payload)), "") << how;
  }
  EXPECT_EQ(whole(get(id)), before);
  EXPECT_EQ(entries(id).size(), 1u);
  auto reader = engine->read();
  EXPECT_EQ(reader->counter("n"), 1);
  EXPECT_EQ(reader->secret(id, "s"), std::nullopt);
  EXPECT_TRUE(reader->notices(a_person("ann"), INT64_MAX, 9).empty());
  EXPECT_EQ(reader->linked("counter", "area", "1"), std::vector{id});
  EXPECT_EQ(listed("counter"), 1u);
  EXPECT_EQ(must(to_counter(id, "note")).index, 1) << "nor does it take an index of the log";
}

TEST_F(Commands, a_workflow_that_throws_is_undone_and_its_caller_told) {
  const std::string id = open_one();
  EXPECT_THROW((void)engine->execute(to_counter(id, "note", {{"refuse", "throw"}})), std::logic_error);
  EXPECT_THROW((void)engine->execute(to_counter(id, "note", {{"links", 7}})), nlohmann::json::exception);
  EXPECT_EQ(get(id).version, 1);
  EXPECT_EQ(must(to_counter(id, "note")).version, 2) << "the writer lives";
}

// -- serials, secrets, replay

TEST_F(Commands, serials_count_without_gaps) {
  for (int n = 1; n <= 3; ++n) EXPECT_EQ(get(open_one({{"serials", {"a", "b"}}})).data["serials"]["a"], n);
  EXPECT_EQ(get(open_one({{"serials", {"b"}}})).data["serials"], Json({{"b", 4}}));
}

TEST_F(Commands, secrets_stand_beside_the_log) {
  const std::string id = open_one({{"secrets", {{"password", "verifier-1"}}}});
  must(to_counter(id, "note", {{"secrets", {{"password", "verifier-2"}}}}));
  EXPECT_EQ(engine->read()->secret(id, "password"), "verifier-2");
  for (const auto& entry : entries(id)) {
    EXPECT_EQ((entry.bytes + entry.facts.json + entry.personal->json).find("verifier"), std::string::npos);
  }
}

TEST_F(Commands, secrets_are_taken_out_on_the_thread_of_the_caller) {
  std::thread::id caller;
  std::jthread([&] {
    caller = std::this_thread::get_id();
    open_one({{"secrets", {{"password", "verifier"}}}});
  }).join();
  EXPECT_EQ(CounterWorkflow::prepared_on.load(), caller);
  CounterWorkflow::prepared_on = std::thread::id();
  ASSERT_TRUE(engine->execute_all({open_counter({{"secrets", {{"password", "verifier"}}}})}));
  EXPECT_EQ(CounterWorkflow::prepared_on.load(), std::this_thread::get_id());
}

TEST_F(Commands, replay_gives_what_is_stored) {
  const std::string id = open_one({{"amount", 2}, {"personal", {{"phone", "139"}}}, {"serials", {"n"}}});
  must(to_counter(id, "add", {{"amount", 3}, {"timers", {{"t", {{"after_ms", 1000}, {"event", "ring"}}},
                                                       {"u", {{"after_ms", 9000}, {"event", "ring"}}}}}}, 1));
  clock.advance(seconds(2));
  must(to_counter(id, "note", {{"with", {"person-ben"}}, {"personal", {{"phone", "137"}}}}));
  const Instance stored = get(id);
  const auto replayed = replay(*registry.find("counter"), entries(id));
  ASSERT_TRUE(replayed);
  EXPECT_EQ(whole(*replayed), whole(stored));
  EXPECT_EQ(stored.personal->at("phone"), "137");
  EXPECT_EQ(stored.timers.size(), 1u);
  reopen();
  EXPECT_EQ(whole(get(id)), whole(stored));
}

TEST_F(Commands, the_name_of_the_log_is_fixed_at_its_first_start) {
  EXPECT_EQ(engine->read()->logs().back().origin, "test/log");
  engine.reset();
  auto store = open_sqlite_store(folder.path());
  engine = std::make_unique<Engine>(std::move(*store), registry, clock, random, Engine::Options{.origin = "other/log"});
  EXPECT_EQ(engine->read()->logs().back().origin, "test/log");
}

}  // namespace
}  // namespace sparkgate::test
