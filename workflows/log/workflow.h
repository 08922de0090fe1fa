// The workflow `log`: one instance an origin. Its entries tell what the log says of itself; only the system sends them.
#pragma once

#include "engine/workflow.h"

namespace sparkgate::log {

/// data: {origin, [keys], [retired], [continues], [heads: {at_size, slots, root, at}], [continued_by]}. `keys` are the
/// verifier keys of those that sign now, `retired` of those that did before.
class LogWorkflow final : public Workflow {
 public:
  LogWorkflow();
  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  Index index(const Instance& instance, const View& view) const override;
  bool readable(const Instance& instance, const Actor& actor, const View& view) const override;
  Json show(const Instance& instance, const Actor& actor, const View& view) const override;

 private:
  const Description description_;
};

/// The instance of the log of that origin; null when it has none yet.
InstancePtr log_instance(const View& view, std::string_view origin);

/// Verifier keys, as the log itself tells them.
struct LogSigners {
  std::vector<std::string> in_force, retired;
};
LogSigners signers_of(const View& view, std::string_view origin);

}  // namespace sparkgate::log
