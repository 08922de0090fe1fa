// Slows down guessing of passwords, without ever locking the owner out for good. In memory only: a restart forgives.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/base/time.h"

namespace sparkgate::api {

/// Counts failures by login, by address and by both. After a few free ones each further failure doubles the wait. An
/// address from which a login has signed in before is judged by its own count, so that strangers who guess at a login
/// do not keep its owner out.
class Attempts {
 public:
  explicit Attempts(const Clock& clock) : clock_(clock) {}

  /// Counts the attempt as failed until succeeded() says otherwise, so that attempts side by side are counted too.
  /// Refuses with too_many_attempts (retry_after_seconds); a refused attempt is not counted.
  Result<void> begin(const std::string& login, const std::string& address);
  void succeeded(const std::string& login, const std::string& address);

 private:
  struct Count {
    int failures = 0;
    milliseconds last{};     // steady time of the latest failure
    bool is_known = false;   // signed in from here before
  };
  Count& count(const std::string& key);
  void forget_old();

  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace sparkgate::api
