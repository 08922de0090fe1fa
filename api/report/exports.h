// Exports that one officer has proposed and another has not confirmed yet: in memory alone, for half an hour.
#pragma once

#include <mutex>
#include <unordered_map>

#include "workflows/report/export.h"

namespace sparkgate::api {

class ExportProposals {
 public:
  ExportProposals(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  struct Proposed {
    std::string code;  // to be told to the other officer
    Time until;
  };
  /// An officer has one at a time: the newest.
  Proposed put(const report::ExportProposal& proposal);
  /// Refuses not_found for a code that never was, was used, or whose time is over.
  Result<report::ExportProposal> find(const std::string& code);
  /// It is taken once. Refuses as find(), and second_officer_needed for whoever proposed it.
  Result<report::ExportProposal> take(const std::string& code, const std::string& officer);

 private:
  struct Held {
    report::ExportProposal proposal;
    milliseconds until;
  };
  void drop_old();

  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::unordered_map<std::string, Held> held_;  // by code
};

}  // namespace sparkgate::api
