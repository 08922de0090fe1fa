// What keeps public reports: marks what is overdue, erases what has been kept long enough, and tells the main log one
// root a day.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"
#include "workflows/report/intake.h"

namespace sparkgate::admin {

/// All of it, once. Refuses as the workflow `log`; what was closed and not told is told the next time.
Result<void> keep_reports(report::Intake& intake, Engine& engine);

/// Calls that at the start and every few hours, on a thread of its own.
class IntakeKeeper {
 public:
  IntakeKeeper(report::Intake& intake, Engine& engine, std::function<void(const std::string&)> log);

 private:
  void keep(const std::stop_token& stop);

  report::Intake& intake_;
  Engine& engine_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace sparkgate::admin
