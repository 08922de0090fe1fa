// How much one address sends at a time, so that nobody keeps the public out. In memory alone, by a keyed hash of the
// address whose key changes daily and is known to nobody. The machine's own address is let alone: there stands a proxy
// in front, or an onion service, with everybody behind it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/time.h"

namespace sparkgate::api {

inline constexpr int k_uploads_of_address = 2;    // of 8 in all, at a time
inline constexpr int k_reports_of_address = 20;   // an hour
inline constexpr size_t k_many_reports = 100;     // an hour, of everybody: from then on a question is asked

class Crowd {
 public:
  Crowd(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  /// A seat for one upload, given back when it goes; null when the address has all that it may have.
  std::shared_ptr<const void> seat(const std::string& address);

  /// Whether the address may file one more report within this hour.
  bool may_report(const std::string& address);
  void has_reported(const std::string& address);
  /// So many reports came within the hour that whoever files one is asked a question.
  bool is_crowded();

 private:
  std::string key_of(const std::string& address);
  void forget();

  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::string key_;
  milliseconds key_made_{};
  std::map<std::string, int> uploads_;
  struct Filed {
    std::string address;  // its hash
    milliseconds at;
  };
  std::vector<Filed> filed_;  // within the last hour
};

}  // namespace sparkgate::api
