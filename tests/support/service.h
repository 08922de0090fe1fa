// The whole service without its socket, on the demo township and a simulated clock.
#pragma once

#include "admin/app.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::test {

inline constexpr const char* k_demo_password = "a demo password";

struct Ask {
  std::string method, path;
  std::string login;  // whose token to send; "": nobody's
  Json body = nullptr;
  std::map<std::string, std::string> headers = {};  // names in lower case
};

struct Got {
  int status = 0;
  Json body;         // null when it is no JSON
  std::string text;  // the body as it stands
  std::map<std::string, std::string> headers;
  std::string code() const { return text_of(body.is_object() ? body : Json::object(), "code"); }
};

class Service {
 public:
  Service();
  /// Stops and opens the same data again.
  void restart();
  /// From the next start on.
  api::Anchoring::Options anchoring;

  Got ask(const Ask& ask);
  Got ask_raw(const api::Request& request);
  /// Sends a photo, of a scene that its number tells from others; its name.
  std::string photo(const std::string& login, int number = 1);
  std::string photo(const std::string& login, const std::string& jpeg);
  /// Signs in once a login.
  const std::string& token(const std::string& login);
  /// Whoever signed in before does so anew: their sessions are over by now.
  void sign_in_again() { tokens_.clear(); }
  /// Number of entries in the log: what a refused request must not change.
  int64_t entries();
  admin::App& app() { return *app_; }
  /// What the service has logged, a line each.
  std::string log() const;
  /// The data directory; it may be changed by `meanwhile`, between stopping and opening it again.
  const std::filesystem::path& data() const { return folder_.path(); }
  void restart(const std::function<void()>& meanwhile);

  FakeClock clock{Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)) + hours(1)};

 private:
  void open();
  TempFolder folder_;
  SeededRandom random_;
  mutable std::mutex log_mutex_;
  std::string log_;
  std::unique_ptr<admin::App> app_;
  std::map<std::string, std::string> tokens_;
};

/// One service for all tests that leave it as they found it: making one costs a second of passwords.
Service& shared_service();

}  // namespace sparkgate::test
