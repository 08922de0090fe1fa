// The registry: units, persons, certificates, fire watches, machines, accounts, areas and calendars as workflows.
#pragma once

#include <memory>
#include <vector>

#include "workflows/registry/record.h"

namespace sparkgate::registry {

/// One workflow a kind, areas first: the order in which a ledger is registered.
std::vector<std::unique_ptr<Workflow>> workflows();

/// A kind's workflow. data: the record's facts; personal: its personal members, `note` (why it was last suspended,
/// reinstated, revoked) and, of an account, `person` (the id of the human being behind it).
class RecordWorkflow final : public Workflow {
 public:
  explicit RecordWorkflow(const Kind& kind);

  const Description& description() const override { return description_; }
  Result<void> assess(const Situation& situation) const override;
  Result<void> prepare(Command& command, const View& view, Random& random) const override;
  Result<Decision> decide(const Situation& situation, const Json& payload, Cast& cast) const override;
  Result<void> apply(Instance& instance, const Recorded& entry) const override;
  Index index(const Instance& instance, const View& view) const override;
  bool readable(const Instance& instance, const Actor& actor, const View& view) const override;
  Json show(const Instance& instance, const Actor& actor, const View& view) const override;

 private:
  bool may(const Actor& actor, const std::vector<std::string>& roles, const Instance& instance, const View& view) const;
  bool is_self(const Instance& instance, const Actor& actor, const View& view) const;
  Result<Json> record_after(const Situation& situation, const Json& payload) const;
  Result<void> check_register(const Situation& situation, const Json& record) const;
  Result<void> keep_record(const Situation& situation, const Json& payload, Decision& decision) const;
  bool shakes_permits(const Situation& situation, const Decision& decision) const;

  const Kind& kind_;
  const RecordForm form_;
  const Description description_;
};

}  // namespace sparkgate::registry
