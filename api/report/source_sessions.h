// Who has come back with a receipt code: what it opens is held for half an hour, in memory alone, under a cookie.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "certs/source_keys.h"
#include "engine/base/time.h"

namespace sparkgate::api {

using SourceKeysPtr = std::shared_ptr<const SourceKeys>;

class SourceSessions {
 public:
  SourceSessions(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  /// The cookie's value.
  std::string open(SourceKeys keys);
  /// Null when it has ended; else it lives on for its full time.
  SourceKeysPtr find(std::string_view cookie);
  void end(std::string_view cookie);

 private:
  struct Held {
    SourceKeysPtr keys;
    milliseconds until;
  };
  void drop_ended();

  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::unordered_map<std::string, Held> held_;  // by the cookie's hash
};

}  // namespace sparkgate::api
