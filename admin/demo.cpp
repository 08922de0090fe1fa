#include "admin/demo.h"

#include "admin/import.h"
#include "certs/password.h"
#include "engine/base/embedded.h"

namespace sparkgate::admin {
namespace {

constexpr std::string_view k_folder = "admin/demo/";
constexpr size_t k_password_characters = 12;

std::map<std::string, std::string> demo_tables() {
  std::map<std::string, std::string> tables;
  for (const std::string_view path : embedded_below(k_folder)) {
    tables.emplace(path.substr(k_folder.size()), embedded(path));
  }
  return tables;
}

std::string roles_of(const Json& payload) {
  std::string roles;
  for (const Json& grant : payload.value("grants", Json::array())) {
    roles += (roles.empty() ? "" : ", ") + text_of(grant, "role");
  }
  return roles;
}

}  // namespace

Result<std::vector<DemoAccount>> load_demo(App& app, const std::string& password) {
  Engine& engine = app.engine();
  Import import = [&] {
    auto reader = engine.read();
    return import_tables(demo_tables(), ReaderView(*reader), system_actor());
  }();
  if (!import.errors.empty()) return tl::make_unexpected(import.errors.front());
  std::vector<DemoAccount> accounts;
  for (Command& command : import.commands) {
    if (command.workflow != "account") continue;
    const std::string login = text_of(command.payload, "login");
    accounts.push_back({login, roles_of(command.payload),
                        password.empty() ? new_code(k_password_characters, engine.random()) : password});
    if (auto good = check_password(accounts.back().password, login); !good) return tl::make_unexpected(good.error());
    command.secrets = {{"password", password_verifier(accounts.back().password, engine.random())}};
  }
  if (auto done = engine.execute_all(import.commands); !done) return tl::make_unexpected(done.error());
  return accounts;
}

}  // namespace sparkgate::admin
