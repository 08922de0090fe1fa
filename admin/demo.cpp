#include "admin/demo.h"

#include "admin/import.h"
#include "certs/password.h"
#include "engine/base/embedded.h"
#include "workflows/registry/kinds.h"
#include "workflows/report/officers.h"

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

Result<void> open_demo_intake(App& app, const std::vector<DemoAccount>& accounts, const std::filesystem::path& data) {
  IntakeHouse& house = app.intake();
  report::Officers officers(house.intake());
  for (const DemoAccount& demo : accounts) {
    if (demo.roles != "intake") continue;
    const InstancePtr account = registry::find_one(ReaderView(*app.engine().read()), "account", demo.login);
    const auto actor = api::actor_of(*account);
    const auto enrolled = officers.enrol(account->id, actor ? actor->name : demo.login, demo.password);
    if (!enrolled) return tl::make_unexpected(enrolled.error());
  }
  const PrivateKey lead = PrivateKey::generate(KeyType::ed25519);
  if (auto saved = lead.save(data / "intake" / "lead.pem"); !saved) return saved;
  if (auto put = house.lead().put(lead.public_key()); !put) return put;
  const auto roster = house.sign_roster(house.officers(), lead);
  return roster ? Result<void>() : tl::make_unexpected(roster.error());
}

}  // namespace sparkgate::admin
