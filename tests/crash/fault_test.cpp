// System calls that fail, each in its turn, one by one: strace makes the n-th call of a kind fail in a child that
// records a few entries. What was acknowledged is there, what was refused can be repeated, each command is done once,
// and fsck finds the data whole.
#include <gtest/gtest.h>
#include <unistd.h>

#include <set>
#include <sstream>

#include "engine/engine.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/command_line.h"
#include "tests/support/counter_workflow.h"
#include "tests/support/files.h"
#include "tests/support/log_key.h"
#include "tests/support/temp_folder.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::test {
namespace {

constexpr const char* k_child_data = "SPARKGATE_FAULT_DATA";  // names the folder that a child works on
constexpr int k_commands = 4;
constexpr int k_most_calls = 200;  // of a kind, in one thread of the child

std::filesystem::path key_file(const std::filesystem::path& data) { return data / "log.pem"; }

// An engine on the folder, or why there is none.
struct Opened {
  explicit Opened(const std::filesystem::path& data) : registry(counter_registry()) { open(data); }
  void open(const std::filesystem::path& data) {
    auto private_key = PrivateKey::load(key_file(data).string());
    if (!private_key) return refuse_by(private_key.error());
    key = std::make_unique<LogKey>(std::move(*private_key));
    auto store = open_sqlite_store(data);
    if (!store) return refuse_by(store.error());
    Engine::Options options{.origin = "fault/log", .readers = 1};
    options.high_water = data / "high_water";
    options.signer = key->signer();
    try {
      engine = std::make_unique<Engine>(std::move(*store), registry, clock, random, options);
    } catch (const StoreError& failed) {
      refuse_by(failed.refusal());
    }
  }
  void refuse_by(const Refusal& why) { refusal = std::string(refusal_row(why.code).name); }
  Result<Receipt> execute(int n) {
    Command command = open_counter({{"amount", n}, {"personal", {{"text", std::string(3000, 'x')}}}});
    command.idempotency_key = "command " + std::to_string(n);
    return engine->execute(command);
  }

  const Registry registry;
  const SystemClock clock;
  SystemRandom random;
  std::unique_ptr<LogKey> key;
  std::unique_ptr<Engine> engine;
  std::string refusal;
};

void say(const std::string& line) {
  const std::string text = "fault-child " + line + "\n";
  (void)!::write(STDOUT_FILENO, text.data(), text.size());
}

// No test by itself: what the tests below run under strace.
TEST(FaultChild, records_a_few_entries) {
  const char* data = std::getenv(k_child_data);
  if (!data) GTEST_SKIP() << "run by the tests of Fault alone";
  say("begins");
  Opened opened(data);
  if (!opened.engine) return say("refused " + opened.refusal);
  for (int n = 0; n < k_commands; ++n) {
    const auto done = opened.execute(n);
    say(done ? "entry " + std::to_string(n) + " " + std::to_string(done->entry)
             : "code " + std::to_string(n) + " " + std::string(refusal_row(done.error().code).name));
  }
}

struct Outcome {
  bool began = false, ended = false, injected = false;
  std::map<int, int64_t> entries;  // of the acknowledged commands
  std::set<std::string> codes;
};

Outcome run_child(const std::filesystem::path& data, const std::string& call, const std::string& error,
                  const std::string& when) {
  const auto trace = data / "trace";
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  // What would share the parent's tests among processes would take the child's one test from it. A process that is
  // traced cannot be looked through for leaks.
  const auto ran = run("env -u SPARKGATE_REACHED -u GTEST_TOTAL_SHARDS -u GTEST_SHARD_INDEX " +
                       std::string("ASAN_OPTIONS=detect_leaks=0 ") + k_child_data + "='" + data.string() +
                       "' strace -f -qq -o '" + trace.string() + "' -e trace=" + call + " -e inject=" + call +
                       ":error=" + error + ":when=" + when + " '" + self + "' --gtest_filter=FaultChild.*");
  Outcome out;
  out.injected = content_of(trace).find("(INJECTED)") != std::string::npos;
  std::filesystem::remove(trace);
  std::istringstream lines(ran.output);
  for (std::string line, word; std::getline(lines, line);) {
    std::istringstream words(line);
    if (!(words >> word) || word != "fault-child") continue;
    words >> word;
    int n = 0;
    if (word == "begins") out.began = true;
    if (word == "entry") words >> n >> out.entries[n];
    if (word == "refused" || word == "code") {
      if (word == "code") words >> n;
      words >> word;
      out.codes.insert(word);
    }
  }
  out.ended = ran.status == 0;
  EXPECT_TRUE(out.ended || !out.began) << call << " " << error << " " << when << "\n" << ran.output;
  return out;
}

std::string faults(const std::filesystem::path& data) {
  const Registry registry = counter_registry();
  const auto scans = SqliteScans::open(data);
  if (!scans) return describe(scans.error());
  fsck::Options options;
  options.scan = [&] { return scans->scan(); };
  options.high_water = data / "high_water";
  options.keys = {LogKey(PrivateKey::load(key_file(data).string()).value()).verifier("fault/log")};
  fsck::Report report;
  fsck::check(options, registry, report);
  return report.count() == 0 ? "" : to_text(report, Language::en);
}

// After the fault: the same commands again, each done exactly once.
void expect_repaired(const std::filesystem::path& data, const Outcome& outcome, const std::string& what) {
  {
    Opened opened(data);
    ASSERT_TRUE(opened.engine) << what << ": " << opened.refusal;
    ASSERT_EQ(opened.engine->log_obstacle(), std::nullopt) << what << ": " << describe(*opened.engine->log_obstacle());
    std::set<int64_t> entries;
    for (int n = 0; n < k_commands; ++n) {
      const auto done = opened.execute(n);
      ASSERT_TRUE(done) << what << ": " << describe(done.error());
      entries.insert(done->entry);
      const auto acknowledged = outcome.entries.find(n);
      if (acknowledged == outcome.entries.end()) continue;
      EXPECT_TRUE(done->replayed) << what << ": command " << n << " was acknowledged and is lost";
      EXPECT_EQ(done->entry, acknowledged->second) << what;
    }
    EXPECT_EQ(entries.size(), static_cast<size_t>(k_commands)) << what;
    EXPECT_EQ(opened.engine->read()->logs().back().size, static_cast<uint64_t>(k_commands + 1)) << what;
  }
  EXPECT_EQ(faults(data), "") << what;
}

class Fault : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_program("strace")) GTEST_SKIP() << "there is no strace; tests/run installs it";
    if (run("strace -f -qq -e trace=none true").status != 0) GTEST_SKIP() << "ptrace is not allowed here";
    if (!PrivateKey::generate(KeyType::ed25519).save(key_file(base.path()))) throw std::runtime_error("no key");
    Opened opened(base.path());
    if (!opened.engine || !opened.execute(-1)) throw std::runtime_error("no data to begin with");
  }

  // Every n-th call until none is left to fail; `when`: "", or "+" for every one from the n-th on.
  void fail_each(const std::string& call, const std::string& error, const std::string& on) {
    int n = 1, began = 0;
    std::set<std::string> codes;
    for (; n <= k_most_calls; ++n) {
      const TempFolder work;
      std::filesystem::copy(
          base.path(), work.path(),
          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
      const std::string what = call + " " + error + " at " + std::to_string(n) + on;
      const Outcome outcome = run_child(work.path(), call, error, std::to_string(n) + on);
      if (!outcome.injected) {
        EXPECT_EQ(outcome.entries.size(), static_cast<size_t>(k_commands)) << what << ": the child does not run at all";
        break;
      }
      began += outcome.began;
      codes.insert(outcome.codes.begin(), outcome.codes.end());
      expect_repaired(work.path(), outcome, what);
      if (HasFailure()) return;
    }
    std::string all;
    for (const std::string& code : codes) all += " " + code;
    std::printf("%-10s %-6s %d calls failed in turn%s, %d of them in the engine; refused with:%s\n", call.c_str(),
                error.c_str(), n - 1, on.empty() ? "" : " and all after them", began, all.c_str());
    EXPECT_LE(n, k_most_calls);
  }

  TempFolder base;
};

TEST_F(Fault, of_any_write_leaves_each_command_done_once) {
  fail_each("pwrite64", "EIO", "");
  fail_each("pwrite64", "ENOSPC", "+");
}

TEST_F(Fault, of_any_flush_leaves_each_command_done_once) {
  for (const char* call : {"fdatasync", "fsync"}) {
    fail_each(call, "EIO", "");
    fail_each(call, "EIO", "+");
  }
}

TEST_F(Fault, of_any_other_call_on_files_leaves_each_command_done_once) {
  for (const char* call : {"ftruncate", "unlink", "pread64", "openat"}) fail_each(call, "EIO", "");
  fail_each("openat", "EMFILE", "");
}

}  // namespace
}  // namespace sparkgate::test
