// An engine on a fresh SQLite folder with the counter workflow, a clock that stands still and a store that can fail.
#pragma once

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/counter_workflow.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_store.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

class EngineRig : public testing::Test {
 protected:
  EngineRig() { open(); }

  /// Timers fire on tick() and, as always, before each command.
  void open(Committer::Options options = {}) {
    auto sqlite = open_sqlite_store(folder.path());
    if (!sqlite) throw std::runtime_error(describe(sqlite.error()));
    auto store = std::make_unique<FaultyStore>(std::move(*sqlite));
    writer = &store->writer();
    Engine::Options all{"test/log", 2, options};
    all.high_water = high_water;
    all.signer = signer;
    all.report = [this](const std::string& line) { reports.push_back(line); };
    engine = std::make_unique<Engine>(std::move(store), registry, clock, random, all);
  }
  void reopen(Committer::Options options = {}) {
    engine.reset();
    open(options);
  }

  Receipt must(const Command& command) {
    auto done = engine->execute(command);
    if (!done) throw std::runtime_error(describe(done.error()));
    return *done;
  }
  std::string open_one(Json payload = Json::object()) { return must(open_counter(std::move(payload))).instance; }
  /// The code that the command is refused with, "" when it is done.
  std::string refusal_of(const Command& command) {
    const auto done = engine->execute(command);
    return done ? "" : std::string(refusal_row(done.error().code).name);
  }

  Instance get(const std::string& id) {
    const auto filed = engine->read()->instance(id);
    if (!filed) throw std::runtime_error("no instance " + id);
    return *filed->instance;
  }
  size_t listed(const std::string& workflow) {
    ListQuery query;
    query.workflow = workflow;
    return engine->read()->list(query).items.size();
  }
  std::vector<journal::Entry> entries(const std::string& id) { return engine->read()->entries(id); }
  /// "event event …" as the log tells it.
  std::string story(const std::string& id) {
    std::string out;
    for (const journal::Entry& entry : entries(id)) {
      const auto head = journal::read_head(entry);
      out.append(out.empty() ? "" : " ").append(head ? head->type : "?");
    }
    return out;
  }

  TempFolder folder;
  FakeClock clock;
  SeededRandom random;
  const Registry registry = counter_registry();
  std::filesystem::path high_water;  // as the engine's options; taken by the next open()
  LogSigner signer;
  std::vector<std::string> reports;
  FaultyWriter* writer = nullptr;
  std::unique_ptr<Engine> engine;
};

/// Everything of an instance that replay must give back, as one text.
inline std::string whole(const Instance& i) {
  Json timers = Json::array();
  for (const Timer& t : i.timers) timers.push_back({t.name, format_time(t.due), t.event});
  const Json out = {i.id,   i.workflow, i.state,      i.version,         i.data,
                    i.slot, hex(i.head), *i.personal, format_time(i.at), timers};
  return out.dump(1);
}

}  // namespace sparkgate::test
