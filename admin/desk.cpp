#include "admin/desk.h"

#include "engine/base/codes.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::admin {

Result<void> Desk::open(App::Options options) {
  options.run_timers = false;
  auto app = App::open(std::move(options), clock_, random_);
  if (!app) return tl::make_unexpected(app.error());
  app_ = std::move(*app);
  return {};
}

Result<void> Desk::open_unsigned(const std::filesystem::path& data) {
  App::Options options;
  options.data = data;
  options.log_keys.sign = false;
  return open(std::move(options));
}

Result<InstancePtr> account_of(Engine& engine, const std::string& login) {
  InstancePtr account = registry::find_one(ReaderView(*engine.read()), "account", login);
  if (!account) return refuse(Code::unknown_reference, {{"path", "--login"}, {"value", login}});
  return account;
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
