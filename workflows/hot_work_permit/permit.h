// The workflow `hot_work_permit`: a permit from application to closure, as an instance of the engine.
#pragma once

#include <string>

#include "workflows/hot_work_permit/conditions.h"

namespace sparkgate::permit {

/// What the office decides for its place.
struct Settings {
  std::string default_pack = "cn-gb30871-2022";
  std::string number_prefix = "DH";
  /// After the end of a permit what is personal stays so long. GB 30871-2022, B.3 asks for a year at least.
  int retention_days = 3 * 365;
};

class HotWorkPermit final : public Workflow {
 public:
  HotWorkPermit(const rules::Packs& packs, Settings settings);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  SigningTerms signing_terms(const Instance& instance, std::string_view event) const override;
  Result<void> recheck(const Instance& before, const Recorded& entry) const override;
  std::vector<Timer> timers(const Instance& instance) const override;
  Index index(const Instance& instance, const View& view) const override;
  std::vector<Tally> tallies(const Instance& before, const Instance& after, const Recorded& entry) const override;
  bool readable(const Instance& instance, const Actor& actor, const View& view) const override;
  Json show(const Instance& instance, const Actor& actor, const View& view) const override;

 private:
  Result<std::optional<StageJudgement>> judge_conditions(const Situation& situation) const;

  const rules::Packs& packs_;
  const Settings settings_;
  const Description description_;
};

}  // namespace sparkgate::permit
