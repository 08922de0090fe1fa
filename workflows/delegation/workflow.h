// The workflow `delegation`: while a supervisor is absent another of the same area, or of one above, approves in his
// stead. It begins and ends by the server's clock, and is never passed on.
#pragma once

#include "engine/workflow.h"
#include "workflows/delegation/principal.h"

namespace sparkgate::delegation {

inline constexpr std::string_view k_name = "delegation";

/// What the office decides for its place.
struct Settings {
  int longest_days = 366;
  int retention_days = 3 * 365;  // after the end what is personal stays so long
};

/// data: {from, until, areas, within, absent, delegate, given: {by, at}, [began_at], [revoked: {by, at}], [ended_at],
/// [erased_at]}. `areas`: those delegated, none: everywhere; `within`: these and all above them.
class Delegations final : public Workflow {
 public:
  explicit Delegations(Settings settings);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  std::vector<Timer> timers(const Instance& delegation) const override;
  Index index(const Instance& delegation, const View& view) const override;
  bool readable(const Instance& delegation, const Actor& actor, const View& view) const override;
  Json show(const Instance& delegation, const Actor& actor, const View& view) const override;

 private:
  const Settings settings_;
  const Description description_;
};

/// The `absent` or the `delegate` of one; empty once erased.
Principal person_of(const Instance& delegation, std::string_view which);

}  // namespace sparkgate::delegation
