// The backups of a running service: one at a time, in the background, into the folder that the operator named.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "admin/backup.h"
#include "api/office.h"

namespace sparkgate::admin {

class Backups {
 public:
  /// `folder`: "": there are none.
  Backups(std::filesystem::path data, std::filesystem::path folder, const Clock& clock,
          std::function<void(const std::string&)> log);
  ~Backups();

  /// As api::Office says.
  Result<Json> start(const api::BackupWish& wish);
  Json list();

 private:
  void make(const BackupOptions& options);
  void report(const std::string& name, const Json& changes);

  const std::filesystem::path data_, folder_;
  const Clock& clock_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::map<std::string, Json> begun_;  // by this process: those running, done and failed
  std::string running_;                // its name; "": none is
  std::atomic<bool> stops_ = false;    // the service does: what is not done is given up
  std::thread thread_;                 // the last one
};

}  // namespace sparkgate::admin
