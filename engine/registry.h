// Every workflow of the service, by name and by collection.
#pragma once

#include <memory>
#include <vector>

#include "engine/admission.h"

namespace sparkgate {

/// A workflow with what the engine and the api compile once from its description.
struct Registered {
  std::unique_ptr<Workflow> workflow;
  std::map<std::string, Schema, std::less<>> schemas;  // by event
};

class Registry {
 public:
  void add(std::unique_ptr<Workflow> workflow);
  /// Every command must pass it, too. Without one all do.
  void admit_by(std::unique_ptr<const Admission> admission) { admission_ = std::move(admission); }
  const Admission* admission() const { return admission_.get(); }
  const Workflow* find(std::string_view name) const;
  const Workflow* by_collection(std::string_view collection) const;
  /// Checks a payload against its event's schema. Refuses with payload_invalid or unknown_event.
  Result<void> check(const Workflow& workflow, std::string_view event, const Json& payload) const;
  const std::vector<Registered>& all() const { return all_; }

 private:
  std::vector<Registered> all_;
  std::unique_ptr<const Admission> admission_;
};

}  // namespace sparkgate
