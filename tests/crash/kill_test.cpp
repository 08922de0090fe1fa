// Kills the engine with SIGKILL under load, again and again on the same data: what was acknowledged is there, and
// nothing is there by half. (SIGKILL does not test fsync; the operating system keeps what was written.)
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "engine/engine.h"
#include "engine/log_check.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/counter_workflow.h"
#include "tests/support/engine_rig.h"
#include "tests/support/log_key.h"
#include "tests/support/temp_folder.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::test {
namespace {

constexpr int k_kills = 60, k_threads = 6;

struct Acknowledged {
  char instance[37];
  int64_t version, index;
};

// Commands with all that can hang on them: links, timers that ring at once, follow-ups, notices, counters, answers.
Command busy_command(std::mt19937& dice, const std::vector<std::string>& mine, int n) {
  const auto roll = [&](int sides) { return static_cast<int>(dice() % sides); };
  Json payload = {{"amount", 1}, {"links", {{"area", std::to_string(roll(5))}}}, {"personal", {{"n", n}}}};
  if (roll(2)) payload["timers"]["t" + std::to_string(roll(3))] = {{"after_ms", roll(20)}, {"event", "ring"}};
  if (roll(3) == 0) payload["serials"] = {"serial"};
  if (roll(3) == 0) payload["notices"] = Json::array({{{"role", "counter"}, {"code", "hello"}}});
  if (roll(3) == 0 && mine.size() > 1) {
    const Json follow = {{"instance", mine[roll(static_cast<int>(mine.size()))]}, {"event", "note"}};
    payload["follow_ups"] = Json::array({follow});
  }
  if (mine.size() < 4) return open_counter(payload);
  Command out = to_counter(mine[roll(static_cast<int>(mine.size()))], "note", payload);
  return out;
}

LogKey& key() {
  static LogKey key;
  return key;
}

// The child: never returns.
[[noreturn]] void work(const std::filesystem::path& folder, int pipe, unsigned seed) {
  const Registry registry = counter_registry();
  const SystemClock clock;
  SystemRandom random;
  auto store = open_sqlite_store(folder);
  if (!store) ::_exit(3);
  Engine::Options options{.origin = "crash/log", .readers = 1};
  options.high_water = folder / "high_water";
  options.signer = key().signer();
  Engine engine(std::move(*store), registry, clock, random, options);
  if (engine.log_obstacle()) ::_exit(7);
  std::vector<std::jthread> threads;
  for (int t = 0; t < k_threads; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 dice(seed * 100 + t);
      std::vector<std::string> mine;
      for (int n = 0;; ++n) {
        Command command = busy_command(dice, mine, n);
        command.idempotency_key = std::to_string(seed) + "-" + std::to_string(t) + "-" + std::to_string(n);
        const auto receipt = engine.execute(command);
        if (!receipt || receipt->checkpoint.empty()) ::_exit(4);
        if (command.instance.empty()) mine.push_back(receipt->instance);
        Acknowledged line{};
        receipt->instance.copy(line.instance, sizeof line.instance - 1);
        line.version = receipt->version;
        line.index = receipt->index;
        if (::write(pipe, &line, sizeof line) != sizeof line) ::_exit(5);  // one write, atomic below PIPE_BUF
      }
    });
  }
  threads.clear();
  ::_exit(6);
}

// Runs a child and kills it `after` its first acknowledgement; gives what it acknowledged.
std::vector<Acknowledged> run_and_kill(const std::filesystem::path& folder, unsigned seed, milliseconds after) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    work(folder, ends[1], seed);
  }
  ::close(ends[1]);
  std::vector<Acknowledged> out;
  std::jthread killer;
  Acknowledged line{};
  while (::read(ends[0], &line, sizeof line) == sizeof line) {
    if (out.empty()) {
      killer = std::jthread([child, after] {
        std::this_thread::sleep_for(after);
        ::kill(child, SIGKILL);
      });
    }
    out.push_back(line);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the child ended by itself: " << WEXITSTATUS(status);
  return out;
}

// Tree, entries and mark as they were left; what was signed is never more than what is there.
void check_log(const std::filesystem::path& folder, Store& store) {
  auto reader = store.reader();
  const auto logs = reader->logs();
  ASSERT_EQ(logs.size(), 1u);
  const auto edge = load_right_edge(*reader, logs.back());
  EXPECT_TRUE(edge) << describe(edge.error());
  const auto good = check_entries(*reader, logs.back(), store.writer().tail().entries);
  EXPECT_TRUE(good) << describe(good.error());
  const auto high_water = journal::HighWater::open(folder / "high_water");
  ASSERT_TRUE(high_water && high_water->mark());
  EXPECT_LE(high_water->mark()->size, logs.back().size);
  const auto marked = check_mark(*reader, logs, *high_water->mark());
  EXPECT_TRUE(marked) << describe(marked.error());
}

// All of it, by fsck.
std::string faults(const std::filesystem::path& folder, const Registry& registry) {
  const auto scans = SqliteScans::open(folder);
  if (!scans) return describe(scans.error());
  fsck::Options options;
  options.scan = [&] { return scans->scan(); };
  options.high_water = folder / "high_water";
  options.keys = {key().verifier("crash/log")};
  fsck::Report report;
  fsck::check(options, registry, report);
  return report.count() == 0 ? "" : to_text(report, Language::en);
}

struct Found {
  std::map<std::string, std::vector<journal::Entry>> entries;
  std::vector<int64_t> indexes;
};

// Reads every instance; expects row, chain, replay, links and timers to agree.
Found check_whole_store(Store& store, const Registry& registry) {
  Found found;
  auto reader = store.reader();
  ListQuery query;
  query.workflow = "counter";
  query.limit = 1'000'000;
  const CounterWorkflow counter;
  const ReaderView view(*reader);
  for (const auto& listed : reader->list(query).items) {
    const auto filed = reader->instance(listed->id);
    auto entries = reader->entries(listed->id);
    const auto replayed = replay(*registry.find("counter"), entries);
    EXPECT_TRUE(replayed) << describe(replayed.error());
    if (!replayed) continue;
    EXPECT_EQ(whole(*replayed), whole(*filed->instance));
    EXPECT_EQ(counter.index(*filed->instance, view).links, filed->index.links);
    for (const auto& entry : entries) found.indexes.push_back(entry.index);
    found.entries[listed->id] = std::move(entries);
  }
  std::sort(found.indexes.begin(), found.indexes.end());
  return found;
}

TEST(Kill, loses_no_acknowledged_transition_and_leaves_no_half_one) {
  const TempFolder folder;
  const Registry registry = counter_registry();
  std::mt19937 dice(20260302);
  key();  // the same one in every child
  std::vector<Acknowledged> acknowledged;
  int lost = 0;
  for (unsigned kill = 1; kill <= k_kills; ++kill) {
    const auto more = run_and_kill(folder.path(), kill, milliseconds(20 + dice() % 150));
    acknowledged.insert(acknowledged.end(), more.begin(), more.end());
    if (kill % 20 == 1) {
      EXPECT_EQ(faults(folder.path(), registry), "") << "as the kill left it";
    }
    auto store = open_sqlite_store(folder.path());
    ASSERT_TRUE(store) << describe(store.error());
    check_log(folder.path(), **store);
    if (kill % 10 != 0) {  // the newest are checked each time, the whole store now and then
      auto reader = (*store)->reader();
      for (const auto& a : more) {
        const auto filed = reader->instance(a.instance);
        lost += !filed || filed->instance->version < a.version;
      }
      continue;
    }
    const Found found = check_whole_store(**store, registry);
    for (size_t i = 0; i < found.indexes.size(); ++i) ASSERT_EQ(found.indexes[i], static_cast<int64_t>(i)) << "a gap";
    EXPECT_EQ((*store)->writer().tail().entries, static_cast<int64_t>(found.indexes.size()));
    for (const auto& a : acknowledged) {
      const auto it = found.entries.find(a.instance);
      const auto same = [&](const journal::Entry& e) { return e.index == a.index; };
      lost += it == found.entries.end() || static_cast<int64_t>(it->second.size()) < a.version ||
              std::none_of(it->second.begin(), it->second.end(), same);
    }
  }
  std::printf("kills %d, acknowledged %zu, lost %d\n", k_kills, acknowledged.size(), lost);
  EXPECT_EQ(lost, 0);
  EXPECT_GT(acknowledged.size(), static_cast<size_t>(k_kills)) << "killed before there was any load";
}

}  // namespace
}  // namespace sparkgate::test
