// What keeps the log's own instance: opens it, records its heads every hour, and lets another log continue it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"

namespace sparkgate::admin {

/// Opens the instance of the running log and records its first heads, unless it is open or the log takes no entries.
Result<void> open_log(Engine& engine);

/// Closes the running log and opens the one of that origin. Refuses as Engine::continue_log.
Result<Receipt> continue_log(Engine& engine, const std::string& origin);

/// Records the heads when there are none, or an hour has passed since they were recorded last and something else was
/// recorded meanwhile. The tree is made from a reader's view, away from the writer. True when it recorded them.
Result<bool> record_heads(Engine& engine);

/// Calls record_heads() now and then on a thread of its own, and open_log() where that had to wait.
class LogKeeper {
 public:
  LogKeeper(Engine& engine, std::function<void(const std::string&)> log);
  ~LogKeeper();

 private:
  void keep(const std::stop_token& stop);

  Engine& engine_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace sparkgate::admin
