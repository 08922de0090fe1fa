// What the service demands of every command beside its workflow's own decision: one place for all workflows.
#pragma once

#include "engine/workflow.h"

namespace sparkgate {

class Admission {
 public:
  virtual ~Admission() = default;
  /// Asked on the writer once the workflow has decided; may refuse, and may add to the decision. `signature` is the
  /// command's, null when it has none.
  virtual Result<void> admit(const Workflow& workflow, const EventSpec& event, const Situation& situation,
                             const Json& payload, const Json& signature, Decision& decision) const = 0;
};

}  // namespace sparkgate
