#include "admin/serve.h"

#include "admin/app.h"
#include "admin/demo.h"
#include "admin/process.h"
#include "admin/terminal.h"
#include "api/http_server.h"

namespace sparkgate::admin {
namespace {

void print_accounts(std::ostream& out, const std::vector<DemoAccount>& accounts) {
  const bool zh = terminal_language() == Language::zh;
  out << (zh ? "演示账号（密码只显示这一次）：\n" : "Demonstration accounts (the passwords are shown only now):\n");
  size_t widest = 0;
  for (const DemoAccount& account : accounts) widest = std::max(widest, account.login.size());
  for (const DemoAccount& account : accounts) {
    out << "  " << account.login << std::string(widest + 2 - account.login.size(), ' ') << account.password << "  "
        << account.roles << "\n";
  }
}

void print_first_steps(std::ostream& out, const std::string& data) {
  out << (terminal_language() == Language::zh
              ? "还没有账号。请停止服务后创建第一个管理员：\n"
              : "There is no account yet. Stop the service and make the first administrator:\n")
      << "  sparkgate user add --data " << data << " --login admin --name NAME --id-number NUMBER --role admin\n";
}

void print_keys(std::ostream& out, App& app) {
  const std::string origin = app.engine().read()->logs().back().origin;
  out << (terminal_language() == Language::zh ? "日志验证公钥：\n" : "The log's verifier keys:\n")
      << lines_of(app.log_keys().vkeys(origin));
}

Result<void> first_start(App& app, const ServeOptions& options, std::ostream& out) {
  if (!app.has_no_accounts()) return {};
  if (!options.demo) {
    print_first_steps(out, options.data);
    return {};
  }
  const auto accounts = load_demo(app, options.demo_password);
  if (!accounts) return tl::make_unexpected(accounts.error());
  print_accounts(out, *accounts);
  return open_demo_intake(app, *accounts, options.data);
}

Result<void> serve_until_signalled(const ServeOptions& options, std::ostream& out) {
  const bool is_locked = keep_memory_private();
  const EndSignals signals;
  const SystemClock clock;
  SystemRandom random;
  const api::Log log = terminal_log(clock);
  if (!is_locked) log("secrets may be swapped out: the limit of locked memory (RLIMIT_MEMLOCK) is too low");
  App::Options app_options;
  app_options.data = options.data;
  app_options.packs = options.packs;
  app_options.backups = options.backups;
  app_options.origin = options.origin;
  app_options.log_keys.keys = options.log_keys;
  app_options.high_water = options.high_water;
  app_options.commit_batch = options.commit_batch;
  app_options.enrollers = options.enrollers;
  app_options.passkeys = {options.rp_id, options.web_origins};
  app_options.log = log;
  auto anchoring = anchoring_options(options.anchors);
  if (!anchoring) return tl::make_unexpected(anchoring.error());
  app_options.anchoring = std::move(*anchoring);
  app_options.anchoring.log = log;
  auto app = App::open(app_options, clock, random);
  if (!app) return tl::make_unexpected(app.error());
  (*app)->intake().intake().scanner = options.clamd;
  api::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = static_cast<uint16_t>(options.port);
  server_options.log = log;
  (*app)->api().prepare(server_options);
  auto server = api::HttpServer::start(server_options, [&](const api::Request& r) { return (*app)->api().handle(r); });
  if (!server) return tl::make_unexpected(server.error());
  if (auto ready = first_start(**app, options, out); !ready) return ready;
  print_keys(out, **app);
  out << (terminal_language() == Language::zh ? "服务地址：" : "Serving on ")
      << url_of(options.address, (*server)->port()) << std::endl;
  log("stopping: signal " + std::to_string(signals.wait()));
  (*app)->api().drain();
  if (!(*server)->stop()) log("stopping: a request did not finish in time");
  (*app)->engine().stop();
  log("stopped");
  return {};
}

}  // namespace

int serve(const ServeOptions& options, std::ostream& out, std::ostream& err) {
  const auto served = serve_until_signalled(options, out);
  if (served) return 0;
  print_refusal(err, served.error());
  return exit_code_of(served.error());
}

}  // namespace sparkgate::admin
