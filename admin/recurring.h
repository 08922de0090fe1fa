// Work that is done again and again while the service runs.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "engine/base/refusal.h"
#include "engine/base/time.h"

namespace sparkgate::admin {

/// Does it at once and then after each pause, on a thread of its own, until this is destroyed. What it refuses, and a
/// StoreError, is logged after `failure`; the next time it is tried again.
class Recurring {
 public:
  Recurring(milliseconds pause, std::function<Result<void>()> work, std::string failure,
            std::function<void(const std::string&)> log);

 private:
  void repeat(const std::stop_token& stop);

  const milliseconds pause_;
  const std::function<Result<void>()> work_;
  const std::string failure_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace sparkgate::admin
