// What keeps the log's own instance: opens it, records its heads every hour, and lets another log continue it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"

namespace sparkgate::admin {

/// Verifier keys of those that sign, under that origin.
using VkeysOf = std::function<std::vector<std::string>(const std::string& origin)>;

/// Opens the instance of the running log with its keys and records its first heads, unless it is open or the log takes
/// no entries. A log that was open and never signed tells of its keys now.
Result<void> open_log(Engine& engine, const VkeysOf& vkeys);

/// Closes the running log and opens the one of that origin. Refuses as Engine::continue_log.
Result<Receipt> continue_log(Engine& engine, const std::string& origin, const VkeysOf& vkeys);

/// An event of the running log's own instance. Refuses as the workflow `log`.
Result<Receipt> tell_log(Engine& engine, const std::string& event, Json payload);

/// Records the heads when there are none, or an hour has passed since they were recorded last and something else was
/// recorded meanwhile. The tree is made from a reader's view, away from the writer. True when it recorded them.
Result<bool> record_heads(Engine& engine);

/// Calls record_heads() now and then on a thread of its own, and open_log() where that had to wait.
class LogKeeper {
 public:
  LogKeeper(Engine& engine, VkeysOf vkeys, std::function<void(const std::string&)> log);
  ~LogKeeper();

 private:
  void keep(const std::stop_token& stop);

  Engine& engine_;
  const VkeysOf vkeys_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace sparkgate::admin
