#include "admin/desk.h"

namespace sparkgate::admin {

Result<void> Desk::open(App::Options options) {
  options.run_timers = false;
  auto app = App::open(std::move(options), clock_, random_);
  if (!app) return tl::make_unexpected(app.error());
  app_ = std::move(*app);
  return {};
}

Command by_system(std::string workflow, std::string instance, std::string event, Json payload) {
  Command command;
  command.workflow = std::move(workflow);
  command.instance = std::move(instance);
  command.event = std::move(event);
  command.payload = std::move(payload);
  command.actor = system_actor();
  return command;
}

}  // namespace sparkgate::admin
