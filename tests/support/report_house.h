// The whole service with its intake open, on a loopback socket and a clock that is moved by hand: two officers on the
// roster, whose passphrase is k_demo_password.
#pragma once

#include "api/http_server.h"
#include "tests/support/report_browser.h"
#include "tests/support/service.h"

namespace sparkgate::test {

class ReportHouse {
 public:
  explicit ReportHouse(milliseconds body_timeout = seconds(10));
  ReportHouse(const ReportHouse&) = delete;

  Service service;
  uint16_t port() const { return server_->port(); }
  ReportBrowser browser() const { return ReportBrowser(server_->port()); }
  /// A browser that has just filed a report, at its receipt.
  ReportBrowser reporter(const std::string& text, std::string* code = nullptr);
  /// The receipt code of a report that was there and has been erased.
  std::string erased_code();
  /// As long as somebody needs for a form.
  void wait() { service.clock.advance(seconds(5)); }
  /// Opens /report/mine and sends a file from there.
  WebPage sent_file(ReportBrowser& from, const std::string& name, const std::string& type, std::string_view bytes);

  /// At /api/v1/intake; "intake" or "intake2", keys open.
  Got officer(const std::string& method, const std::string& path, const Json& body = nullptr,
              const std::string& login = "intake");
  Json reports() { return officer("GET", "/reports").body.value("items", Json::array()); }
  /// The report that tells that text; null when there is none.
  Json report_of(const std::string& text);

  std::filesystem::path intake_folder() const { return service.data() / "intake"; }
  /// What lies in the folder of sealed files, unfinished ones too.
  std::vector<std::filesystem::path> files() const;

 private:
  std::unique_ptr<api::HttpServer> server_;
  std::map<std::string, CookieJar> cookies_;  // of officers
};

}  // namespace sparkgate::test
