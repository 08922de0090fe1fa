// The service without its socket: what a command of the terminal does while the service is stopped.
#pragma once

#include "admin/app.h"

namespace sparkgate::admin {

class Desk {
 public:
  /// No timers fire. Refuses as App::open.
  Result<void> open(App::Options options);
  /// Without its signing keys: the service signs what is recorded here when it starts next.
  Result<void> open_unsigned(const std::filesystem::path& data);
  App& app() { return *app_; }
  Engine& engine() { return app_->engine(); }

 private:
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<App> app_;
};

/// By its login. Refuses unknown_reference at --login.
Result<InstancePtr> account_of(Engine& engine, const std::string& login);

/// What the system itself sends. `instance`: "" for an event that makes one.
Command by_system(std::string workflow, std::string instance, std::string event, Json payload);

}  // namespace sparkgate::admin
