#include "tests/support/report_house.h"

#include "admin/demo.h"
#include "workflows/report/keeper.h"

namespace sparkgate::test {

ReportHouse::ReportHouse(milliseconds body_timeout) {
  const std::vector<admin::DemoAccount> officers = {{"intake", "intake", k_demo_password},
                                                    {"intake2", "intake", k_demo_password}};
  const auto is_open = admin::open_demo_intake(service.app(), officers, service.data());
  if (!is_open) throw std::runtime_error(describe(is_open.error()));
  api::ServerOptions options;
  options.body_timeout = body_timeout;
  options.linger_timeout = milliseconds(100);
  options.log = [](const std::string&) {};
  service.app().api().prepare(options);
  auto started = api::HttpServer::start(
      options, [this](const api::Request& request) { return service.app().api().handle(request); });
  if (!started) throw std::runtime_error(describe(started.error()));
  server_ = std::move(*started);
}

ReportBrowser ReportHouse::reporter(const std::string& text, std::string* code) {
  ReportBrowser out = browser();
  out.open("/report/new");
  wait();
  const WebPage page = out.post("/report/new", {{"category", "no_permit"}, {"address", "East gate"}, {"text", text}});
  if (page.status != 201) throw std::runtime_error("no report was taken: " + page.body);
  if (code) *code = code_on(page.body);
  return out;
}

std::string ReportHouse::erased_code() {
  std::string code;
  reporter("to be erased", &code);
  report::Intake& intake = service.app().intake().intake();
  const std::string id = text_of(report_of("to be erased"), "id");
  intake.store.write([&](IntakeWriter& writer) {
    StoredReport report = writer.report(id).value();
    report.expires = intake.today();
    writer.put(report);
  });
  if (report::erase_expired(intake) != 1) throw std::runtime_error("nothing was erased");
  return code;
}

WebPage ReportHouse::sent_file(ReportBrowser& from, const std::string& name, const std::string& type,
                               std::string_view bytes) {
  from.open("/report/mine");
  wait();
  return from.upload(name, type, bytes);
}

Got ReportHouse::officer(const std::string& method, const std::string& path, const Json& body,
                         const std::string& login) {
  const auto ask = [&](const std::string& way, const std::string& to, const Json& what) {
    std::map<std::string, std::string> headers;
    if (!cookies_[login].empty()) headers["cookie"] = cookies_[login].field();
    return service.ask({way, "/api/v1/intake" + to, login, what, headers});
  };
  const Got got = ask(method, path, body);
  if (got.code() != "intake_locked") return got;
  const Got unlocked = ask("POST", "/unlock", {{"passphrase", k_demo_password}});
  const auto cookie = unlocked.headers.find("Set-Cookie");
  if (cookie != unlocked.headers.end()) cookies_[login].keep(cookie->second);
  return ask(method, path, body);
}

Json ReportHouse::report_of(const std::string& text) {
  for (const Json& row : reports()) {
    if (row.at("report").is_object() && text_of(row.at("report"), "text") == text) return row;
  }
  return nullptr;
}

std::vector<std::filesystem::path> ReportHouse::files() const {
  std::vector<std::filesystem::path> out;
  const auto folder = intake_folder() / "files";
  if (!std::filesystem::exists(folder)) return out;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (item.is_regular_file()) out.push_back(item.path());
  }
  return out;
}

}  // namespace sparkgate::test
