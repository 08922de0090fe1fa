// fsck of a generated town: fsck_bench [entries] [folder]. Permits under work with rounds of their fire watch, as the
// real workflows record them. Says entries a second, and how long SHA-256 alone takes over all that must be hashed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "admin/app.h"
#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "tests/support/town.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::test {
namespace {

constexpr int k_permits = 200, k_at_once = 5000;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void generate(Town& town, int64_t entries) {
  std::vector<std::string> permits;
  for (int i = 0; i < k_permits; ++i) {
    permits.push_back(town.draft());
    town.lead(permits.back(), "Approved");
    town.must("fire_watch", permits.back(), "watch_checked_in");
  }
  for (int64_t made = 0; made < entries;) {
    std::vector<Command> commands;
    for (int i = 0; i < k_at_once; ++i, ++made) {
      Command command;
      command.workflow = "hot_work_permit";
      command.instance = permits[made % k_permits];
      command.event = "gas_test";
      command.payload = town.payload(command.instance, "gas_test");
      command.actor = town.actor("fire_watch");
      commands.push_back(std::move(command));
    }
    if (const auto done = town.engine().execute_all(commands); !done) throw std::runtime_error(describe(done.error()));
  }
}

// As a service does that finds the data: keys, mark, rule packs, and an entry of its own.
void serve_once(const std::filesystem::path& data, FakeClock& clock) {
  SystemRandom random;
  admin::App::Options options;
  options.data = data;
  options.run_timers = false;
  clock.advance(hours(1));
  const auto app = admin::App::open(options, clock, random);
  if (!app || !admin::record_heads((*app)->engine()).value_or(false)) throw std::runtime_error("no service");
}

// What fsck hashes at least: each entry as a leaf and by its facts and personal part.
double hashing_alone(const SqliteScans& scans) {
  double took = 0;
  scans.scan()->entries([&](const EntryRow& row) {
    const auto start = std::chrono::steady_clock::now();
    (void)journal::leaf_hash(row.bytes);
    (void)sha256({row.facts_salt, row.facts});
    (void)sha256({row.personal_salt.value_or(""), row.personal.value_or("")});
    took += seconds_since(start);
  });
  return took;
}

int bench(int64_t entries, const std::filesystem::path& folder) {
  const TempFolder parent(folder), data(folder);
  {
    Town town(1, parent.path());
    generate(town, entries);
    town.engine().stop();
    std::filesystem::copy(std::filesystem::directory_iterator(parent.path())->path(), data.path(),
                          std::filesystem::copy_options::recursive);
    town.log_key.save_in(data.path());
    serve_once(data.path(), town.clock);
  }
  const auto packs = rules::Packs::embedded().value();
  Registry registry;
  admin::add_workflows(registry, packs);
  const auto scans = SqliteScans::open(data.path());
  if (!scans) throw std::runtime_error(describe(scans.error()));
  fsck::Options options;
  options.scan = [&] { return scans->scan(); };
  options.high_water = data.path() / "high_water";
  for (const size_t threads : {1u, 2u}) {
    options.threads = threads;
    fsck::Report report;
    const auto start = std::chrono::steady_clock::now();
    fsck::check(options, registry, report);
    const double took = seconds_since(start);
    std::printf("fsck, %zu threads: %lld entries in %.1f s, %.0f/s, %lld problems\n", threads,
                static_cast<long long>(report.entries()), took, static_cast<double>(report.entries()) / took,
                static_cast<long long>(report.count()));
    if (report.count() > 0) std::printf("%s", to_text(report, Language::en).substr(0, 2000).c_str());
  }
  std::printf("SHA-256 over the same alone: %.1f s\n", hashing_alone(*scans));
  return 0;
}

}  // namespace
}  // namespace sparkgate::test

int main(int count, char** arguments) {
  return sparkgate::test::bench(count > 1 ? std::atoll(arguments[1]) : 200'000, count > 2 ? arguments[2] : ".");
}
