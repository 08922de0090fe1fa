// The workflow `violation`: what an inspection, or enforcement itself, found against the law, until it is confirmed or
// dismissed. A confirmed one is what an enforcement case would begin with.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::violation {

/// What the office decides for its place.
struct Settings {
  int retention_days = 3 * 365;  // after a dismissal what is personal stays so long
};

/// data: {area, areas, address, items: [{clause, zh, [code], [en]}], [unit], [owner_unit], [permit], [inspection],
/// recorded: {by, at}, [inspector], [confirmed], [dismissed], [erased_at]}.
class Violations final : public Workflow {
 public:
  explicit Violations(Settings settings);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  std::vector<Timer> timers(const Instance& violation) const override;
  Index index(const Instance& violation, const View& view) const override;
  std::vector<Tally> tallies(const Instance& before, const Instance& after, const Recorded& entry) const override;
  bool readable(const Instance& violation, const Actor& actor, const View& view) const override;
  Json show(const Instance& violation, const Actor& actor, const View& view) const override;

 private:
  const Settings settings_;
  const Description description_;
};

}  // namespace sparkgate::violation
