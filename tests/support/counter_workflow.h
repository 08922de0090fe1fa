// The smallest workflow that uses everything the engine offers; its payloads say what shall happen.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "engine/engine.h"
#include "engine/workflow.h"

namespace sparkgate::test {

/// Counts. States and events are a table in the .cpp: "" -open-> Open -add, note, ring-> Open -close-> Closed -note->.
/// `note` is a fact event, `ring` the system's. Any payload may carry
///   amount       integer, added to data.count
///   timers       {name: {after_ms, event, [every_ms], [stubborn]}}: `every_ms` rings again, `stubborn` forgets to stop
///   cancel       [timer name]
///   links        {kind: ref}, replaces the instance's links
///   notices      [{role, unit, area, person, code}]
///   follow_ups   [{instance, event, payload, [workflow]}]
///   secrets      {name: value}, taken out by prepare()
///   again        true: a follow-up with the same payload to itself, without end
///   serials      [counter]; data.serials keeps the numbers
///   personal     object, folded into the instance's personal data
///   with         [person], who take part
///   erase        true: what is personal goes
///   refuse       true: decide() refuses; "apply": apply() does; "throw": decide() throws
class CounterWorkflow final : public Workflow {
 public:
  explicit CounterWorkflow(std::string name = "counter");
  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<void> prepare(Command& command, const View& view, Random& random) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  std::vector<Timer> timers(const Instance& instance) const override;
  Index index(const Instance& instance, const View& view) const override;
  bool readable(const Instance& instance, const Actor& actor, const View& view) const override;
  Json show(const Instance& instance, const Actor& actor, const View& view) const override;

  /// Where prepare() last ran.
  static std::atomic<std::thread::id> prepared_on;

 private:
  Description description_;
};

Actor a_person(const std::string& name);

/// Commands of the counter: `open` makes one, the others need its id; the version only where given.
Command open_counter(Json payload = Json::object());
Command to_counter(const std::string& id, const std::string& event, Json payload = Json::object(),
                   std::optional<int64_t> version = std::nullopt);

/// A registry with the workflows "counter" and "echo".
Registry counter_registry();

}  // namespace sparkgate::test
