// Officers whose keys are open, for half an hour. The keys lie in memory encrypted under the officer's own cookie:
// without a request of that browser nothing here reads a report.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "engine/base/time.h"
#include "workflows/report/officers.h"

namespace sparkgate::api {

class UnlockedOfficers {
 public:
  UnlockedOfficers(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  /// The cookie's value. An account has one at a time.
  std::string put(const std::string& account, const report::Unlocked& officer);
  /// Nothing for another account, another cookie, or when its time is over.
  std::optional<report::Unlocked> find(const std::string& account, std::string_view cookie);
  void end(const std::string& account);

 private:
  struct Held {
    std::string officer;
    std::string wrapped;  // reading secret ‖ signing secret
    milliseconds until;
  };
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::unordered_map<std::string, Held> held_;  // by account
};

}  // namespace sparkgate::api
