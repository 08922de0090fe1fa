// Timers beside commands: timers_bench [permits] [commands a second] [seconds]. So many permits under work, each with
// its countdowns, whose next round falls due within the run; meanwhile their watches send gas tests. Says how late the
// timers fired (the entry's time after the due time) and how long a command took, as p50, p99 and most.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "admin/workflows.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/town.h"

namespace sparkgate::test {
namespace {

// Goes on from a simulated instant at the pace of the real clock.
class RunningClock final : public Clock {
 public:
  explicit RunningClock(Time from) : from_(from) {}
  Time wall() const override { return from_ + gone(); }
  milliseconds steady() const override { return gone(); }

 private:
  milliseconds gone() const { return std::chrono::duration_cast<milliseconds>(Ticks::now() - begun_); }
  using Ticks = std::chrono::steady_clock;
  const Time from_;
  const Ticks::time_point begun_ = Ticks::now();
};

struct Live {
  std::vector<std::string> permits;
  Time first_due{};
};

// The starts are spread over the run's length, and so is what falls due an hour later.
Live put_to_work(Town& town, size_t count, seconds spread) {
  Live live;
  for (size_t i = 0; i < count; ++i) {
    live.permits.push_back(town.draft(town.application({{"starts", format_time(town.clock.wall())}})));
    town.lead(live.permits.back(), "SiteReady");
    town.make_site_fit(live.permits.back());
  }
  for (const std::string& id : live.permits) {
    town.must("applicant", id, "start");
    town.clock.advance(std::chrono::duration_cast<milliseconds>(spread) / static_cast<int64_t>(count));
  }
  live.first_due = town.clock.wall() - spread + hours(1);
  return live;
}

struct Figures {
  std::vector<double> milliseconds;
  void print(const char* what) {
    std::sort(milliseconds.begin(), milliseconds.end());
    const size_t count = milliseconds.size();
    const auto at = [&](double part) {
      return count == 0 ? 0 : milliseconds[static_cast<size_t>(part * static_cast<double>(count - 1))];
    };
    std::printf("%s: %zu, p50 %.0f ms, p99 %.0f ms, most %.0f ms\n", what, count, at(0.5), at(0.99), at(1));
  }
};

Figures send_steadily(Engine& engine, const Clock& clock, Town& town, const Live& live, int rate, seconds length) {
  Figures took;
  std::mt19937_64 dice(1);
  const auto begun = std::chrono::steady_clock::now();
  for (int64_t n = 0; n < rate * length.count(); ++n) {
    std::this_thread::sleep_until(begun + std::chrono::microseconds(n * 1'000'000 / rate));
    Command command;
    command.workflow = "hot_work_permit";
    command.instance = live.permits[dice() % live.permits.size()];
    command.event = "gas_test";
    command.actor = town.actor("fire_watch");
    const Json reading = {{"point", "a"}, {"substance", "methane"}, {"lel_percent", "5"}, {"reading_percent", "0.1"}};
    command.payload = {
        {"sampled_at", format_time(clock.wall())}, {"readings", {reading}}, {"instrument", "DEMO-GD-01"}};
    const auto sent = std::chrono::steady_clock::now();
    const auto done = engine.execute(command);
    if (!done) throw std::runtime_error(describe(done.error()));
    took.milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent).count());
  }
  return took;
}

Figures lateness(Engine& engine, const Live& live) {
  Figures late;
  auto reader = engine.read();
  for (const std::string& id : live.permits) {
    for (const auto& entry : reader->entries(id)) {
      const auto head = journal::read_head(entry).value();
      if (head.type != "round_missed") continue;
      const Time due = parse_time(text_of(Json::parse(entry.facts.json), "due")).value();
      late.milliseconds.push_back(static_cast<double>((head.at - due).count()));
    }
  }
  return late;
}

int bench(size_t permits, int rate, seconds length, const std::filesystem::path& folder) {
  const TempFolder data(folder);
  Town town(1, "/dev/shm");  // what comes before the run need not be durable
  const Live live = put_to_work(town, permits, length);
  town.engine().stop();
  town.copy_data(data.path());
  const auto packs = rules::Packs::embedded().value();
  Registry registry;
  admin::add_workflows(registry, packs);
  const RunningClock clock(live.first_due - seconds(1));
  SystemRandom random;
  Engine::Options options;
  options.signer = town.log_key.signer();
  Engine engine(open_sqlite_store(data.path()).value(), registry, clock, random, options);
  auto took = send_steadily(engine, clock, town, live, rate, length + seconds(2));
  engine.stop();
  auto late = lateness(engine, live);
  const auto ran = static_cast<long long>(length.count());
  std::printf("%zu permits under work, %d commands/s for %lld s\n", permits, rate, ran);
  late.print("timers fired after they were due");
  took.print("commands");
  return late.milliseconds.size() == permits ? 0 : 1;
}

}  // namespace
}  // namespace sparkgate::test

int main(int argc, char** argv) {
  const auto given = [&](int n, int otherwise) { return argc > n ? std::atoi(argv[n]) : otherwise; };
  return sparkgate::test::bench(static_cast<size_t>(given(1, 10'000)), given(2, 500),
                                std::chrono::seconds(given(3, 30)), std::filesystem::temp_directory_path());
}
