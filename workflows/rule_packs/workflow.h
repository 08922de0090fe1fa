// The workflow `rule_pack`: an uploaded version of a pack, from draft to the time from which new permits are judged by
// it. The text itself is a document of the store, by its digest.
#pragma once

#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::rule_packs {

/// data: {id, version, digest, zh, en, uploaded: {by, at}, [activations: [{from, by, at}]], [discarded: {by, at}]}.
class RulePacks final : public Workflow {
 public:
  /// `packs` knows a pack before it is drafted.
  explicit RulePacks(const rules::Packs& packs);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  Index index(const Instance& upload, const View& view) const override;
  bool readable(const Instance&, const Actor&, const View&) const override { return true; }
  Json show(const Instance& upload, const Actor& actor, const View& view) const override;

 private:
  const rules::Packs& packs_;
  const Description description_;
};

}  // namespace sparkgate::rule_packs
