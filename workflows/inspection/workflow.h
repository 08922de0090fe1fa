// The workflow `inspection`: what somebody of the area found on the spot, at a permit or where nobody had one.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::inspection {

/// What the office decides for its place.
struct Settings {
  std::string default_pack = "cn-gb30871-2022";  // its checklist serves where nobody has a permit
  int retention_days = 3 * 365;                  // after its end what is personal stays so long
};

class Inspections final : public Workflow {
 public:
  Inspections(const rules::Packs& packs, Settings settings);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  SigningTerms signing_terms(const Instance& inspection, std::string_view event) const override;
  Result<void> recheck(const Instance& before, const Recorded& entry) const override;
  std::vector<Timer> timers(const Instance& inspection) const override;
  Index index(const Instance& inspection, const View& view) const override;
  bool readable(const Instance& inspection, const Actor& actor, const View& view) const override;
  Json show(const Instance& inspection, const Actor& actor, const View& view) const override;

 private:
  const rules::Packs& packs_;
  const Settings settings_;
  const Description description_;
};

}  // namespace sparkgate::inspection
