#include "admin/user.h"

#include "admin/desk.h"
#include "admin/terminal.h"
#include "certs/identifiers.h"
#include "certs/password.h"
#include "engine/base/codes.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::admin {
namespace {

constexpr size_t k_password_characters = 12;

std::string password_for(const UserOptions& options, Random& random, std::istream& in) {
  std::string line;
  if (!options.password_from_input) return new_code(k_password_characters, random);
  std::getline(in, line);
  return line;
}

void say_password(const UserOptions& options, const std::string& password, std::ostream& out) {
  if (options.password_from_input) return;
  out << (terminal_language() == Language::zh ? "密码（只显示这一次）：" : "Password (shown only now): ") << password
      << "\n";
}

Result<void> set_password(Engine& engine, const std::string& account, const std::string& password) {
  const auto set = engine.execute(by_system("account", account, "set_password", {{"password", password}}));
  if (!set) return tl::make_unexpected(set.error());
  return engine.write([&](Writer& writer) { writer.end_sessions(account); });
}

Json register_payload(const UserOptions& options) {
  Json grants = Json::array();
  for (const std::string& role : options.roles) {
    Json grant = {{"role", role}};
    if (!options.unit.empty()) grant["unit"] = options.unit;
    if (!options.area.empty()) grant["area"] = options.area;
    grants.push_back(std::move(grant));
  }
  return {{"login", options.login}, {"name", options.name}, {"id_number", options.id_number}, {"grants", grants}};
}

Result<std::string> add(Desk& desk, const UserOptions& options, std::istream& in) {
  if (auto opened = desk.open_unsigned(options.data); !opened) return tl::make_unexpected(opened.error());
  Engine& engine = desk.engine();
  const std::string password = password_for(options, desk.engine().random(), in);
  if (auto good = check_password(password, options.login); !good) return tl::make_unexpected(good.error());
  std::vector<Command> commands;
  if (!registry::find_one(ReaderView(*engine.read()), "person", normal_identifier(options.id_number))) {
    commands.push_back(by_system("person", "", "register", {{"name", options.name}, {"id_number", options.id_number}}));
  }
  commands.push_back(by_system("account", "", "register", register_payload(options)));
  commands.back().secrets = {{"password", password_verifier(password, desk.engine().random())}};
  for (const Command& command : commands) {
    const auto* workflow = engine.registry().find(command.workflow);
    if (auto fits = engine.registry().check(*workflow, "register", command.payload); !fits) {
      return tl::make_unexpected(fits.error());
    }
  }
  const auto registered = engine.execute_all(commands);
  if (!registered) return tl::make_unexpected(registered.error());
  return password;
}

Result<std::string> renew(Desk& desk, const UserOptions& options, std::istream& in) {
  if (auto opened = desk.open_unsigned(options.data); !opened) return tl::make_unexpected(opened.error());
  const auto account = account_of(desk.engine(), options.login);
  if (!account) return tl::make_unexpected(account.error());
  const std::string password = password_for(options, desk.engine().random(), in);
  if (auto set = set_password(desk.engine(), (*account)->id, password); !set) return tl::make_unexpected(set.error());
  return password;
}

int finish(const UserOptions& options, const Result<std::string>& password, std::ostream& out, std::ostream& err) {
  if (password) {
    say_password(options, *password, out);
    return 0;
  }
  print_refusal(err, password.error());
  return exit_code_of(password.error());
}

}  // namespace

int user_add(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  Desk desk;
  return finish(options, add(desk, options, in), out, err);
}

int user_password(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  Desk desk;
  return finish(options, renew(desk, options, in), out, err);
}

}  // namespace sparkgate::admin
