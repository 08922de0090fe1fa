// Durable transitions within the process, without HTTP: engine_bench [seconds a run | decisions] [folder]. Ratios mean
// more than figures: compare within one run. The folder must lie on the disk that is meant, not in memory.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "engine/engine.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/counter_workflow.h"
#include "tests/support/log_key.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {
namespace {

struct Load {
  const char* name;
  int threads;
  size_t max_batch;
  int readers;  // threads that list all the time
  bool logged = true;  // with the log's tree, mark and signature, as a service has them
};

struct Bench {
  Bench(const std::filesystem::path& parent, size_t max_batch, bool logged) : folder(parent) {
    Engine::Options options;
    options.origin = "bench/log";
    options.committer.max_batch = max_batch;
    options.grows_tree = logged;
    if (logged) {
      options.high_water = folder.path() / "high_water";
      options.signer = key.signer();
    }
    auto store = open_sqlite_store(folder.path());
    if (!store) throw std::runtime_error(describe(store.error()));
    engine = std::make_unique<Engine>(std::move(*store), registry, clock, random, options);
    // About as heavy as a permit: three kilobytes, four links, a timer far away.
    Json payload = {{"personal", {{"text", std::string(3000, 'x')}}}};
    payload["links"] = {{"area", "1"}, {"unit", "2"}, {"person", "3"}, {"machine", "4"}};
    payload["timers"]["end"] = {{"after_ms", 100'000'000}, {"event", "ring"}};
    for (int i = 0; i < 64; ++i) ids.push_back(engine->execute(open_counter(payload))->instance);
    engine->on_commit([this](const std::vector<Transition>&) { ++commits; });
  }
  Command next(int thread, int n) const {
    const Json body = {{"amount", 1}, {"personal", {{"lel_percent", "0.1"}}}};
    return to_counter(ids[(thread + n * 7) % ids.size()], "note", body);
  }

  TempFolder folder;
  const Registry registry = counter_registry();
  const SystemClock clock;
  SystemRandom random;
  std::atomic<int> commits = 0;
  LogKey key;
  std::unique_ptr<Engine> engine;
  std::vector<std::string> ids;
};

double run(const Load& load, double seconds_each, const std::filesystem::path& parent) {
  using Steady = std::chrono::steady_clock;
  Bench bench(parent, load.max_batch, load.logged);
  std::atomic<bool> stop = false;
  std::vector<std::vector<float>> took(load.threads);
  const auto start = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < load.threads; ++t) {
      threads.emplace_back([&, t] {
        for (int n = 0; !stop; ++n) {
          const Command command = bench.next(t, n);
          const auto begin = Steady::now();
          if (!bench.engine->execute(command)) std::abort();
          took[t].push_back(std::chrono::duration<float, std::milli>(Steady::now() - begin).count());
        }
      });
    }
    ListQuery query;
    query.workflow = "counter";
    for (int r = 0; r < load.readers; ++r) {
      threads.emplace_back([&] {
        while (!stop) (void)bench.engine->read()->list(query);
      });
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds_each));
    stop = true;
  }
  const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
  std::vector<float> all;
  for (const auto& one : took) all.insert(all.end(), one.begin(), one.end());
  std::sort(all.begin(), all.end());
  const double rate = static_cast<double>(all.size()) / seconds;
  const auto log_bytes = static_cast<double>(std::filesystem::file_size(bench.folder.path() / "sparkgate.db-wal"));
  std::printf("%-22s %3d threads %8.0f/s  p50 %6.2f  p99 %6.2f  max %6.1f ms  batch %5.1f  wal %5.1f MiB\n", load.name,
              load.threads, rate, all[all.size() / 2], all[all.size() * 99 / 100], all.back(),
              static_cast<double>(all.size()) / bench.commits, log_bytes / (1 << 20));
  return rate;
}

// Everything but the commit: one transaction for all.
void run_decisions(const std::filesystem::path& parent) {
  Bench bench(parent, 256, true);
  std::vector<Command> commands;
  for (int n = 0; n < 20'000; ++n) commands.push_back(bench.next(0, n));
  const auto start = std::chrono::steady_clock::now();
  if (!bench.engine->execute_all(commands)) std::abort();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const auto count = static_cast<double>(commands.size());
  const double rate = count / took.count();
  std::printf("decisions in one transaction %22.0f/s, %.1f us each\n", rate, 1e6 / rate);
}

int main(int count, char** arguments) {
  if (count > 1 && arguments[1] == std::string_view("decisions")) {
    run_decisions(count > 2 ? arguments[2] : ".");
    return 0;
  }
  const double seconds_each = count > 1 ? std::atof(arguments[1]) : 3;
  const std::filesystem::path parent = count > 2 ? arguments[2] : ".";
  run_decisions(parent);
  for (const int threads : {1, 16, 64}) {
    const double single = run({"a transaction each", threads, 1, 0}, seconds_each, parent);
    const double grouped = run({"grouped", threads, 256, 0}, seconds_each, parent);
    const double unlogged = run({"grouped, without log", threads, 256, 0, false}, seconds_each, parent);
    std::printf("  grouped / each %.2f, with the log / without %.2f\n", grouped / single, grouped / unlogged);
  }
  run({"grouped, while read", 16, 256, 2}, seconds_each, parent);
  return 0;
}

}  // namespace
}  // namespace sparkgate::test

int main(int count, char** arguments) { return sparkgate::test::main(count, arguments); }
