#include "tests/support/service.h"

#include "admin/demo.h"
#include "tests/support/jpeg.h"

namespace sparkgate::test {

Service::Service() {
  open();
  const auto accounts = admin::load_demo(*app_, k_demo_password);
  if (!accounts) throw std::runtime_error(describe(accounts.error()));
}

void Service::open() {
  admin::App::Options options;
  options.data = folder_.path();
  options.run_timers = false;
  options.anchoring = anchoring;
  options.log = [this](const std::string& line) {
    const std::lock_guard lock(log_mutex_);
    log_ += line + "\n";
  };
  auto app = admin::App::open(options, clock, random_);
  if (!app) throw std::runtime_error(describe(app.error()));
  app_ = std::move(*app);
}

std::string Service::log() const {
  const std::lock_guard lock(log_mutex_);
  return log_;
}

void Service::restart() {
  restart([] {});
}

void Service::restart(const std::function<void()>& meanwhile) {
  app_.reset();
  meanwhile();
  open();
}

Got Service::ask_raw(const api::Request& request) {
  clock.advance(milliseconds(1));  // ids sort by time
  const api::Response response = app_->api().handle(request);
  Got got;
  got.status = response.status;
  got.text = response.body;
  got.body = parse_json(response.body).value_or(Json());
  for (const auto& [name, value] : response.headers) got.headers[name] = value;
  return got;
}

Got Service::ask(const Ask& ask) {
  api::Request request;
  request.method = ask.method;
  const size_t mark = ask.path.find('?');
  request.path = ask.path.substr(0, mark);
  std::string query = mark == std::string::npos ? "" : ask.path.substr(mark + 1);
  while (!query.empty()) {  // good enough for a test: nothing here is percent-encoded
    const std::string pair = query.substr(0, query.find('&'));
    query.erase(0, pair.size() + 1);
    request.query.emplace(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
  }
  request.headers = ask.headers;
  request.headers.emplace("accept-language", "en");
  request.peer = "192.0.2.1";
  if (!ask.body.is_null()) {
    request.headers.emplace("content-type", "application/json");
    request.body = ask.body.dump();
  }
  if (!ask.login.empty()) request.headers["authorization"] = "Bearer " + token(ask.login);
  return ask_raw(request);
}

std::string Service::photo(const std::string& login, int number) { return photo(login, a_jpeg(64, 48, number)); }

std::string Service::photo(const std::string& login, const std::string& jpeg) {
  api::Request request;
  request.method = "POST", request.path = "/api/v1/photos";
  request.headers = {{"authorization", "Bearer " + token(login)}, {"content-type", "image/jpeg"}};
  request.body = jpeg;
  return text_of(ask_raw(request).body, "sha256");
}

const std::string& Service::token(const std::string& login) {
  std::string& token = tokens_[login];
  if (token.empty()) {
    const Got got = ask({"POST", "/api/v1/sessions", "", {{"login", login}, {"password", k_demo_password}}});
    if (got.status != 201) throw std::runtime_error(login + " cannot sign in: " + got.body.dump());
    token = text_of(got.body, "token");
  }
  return token;
}

int64_t Service::entries() {
  int64_t count = 0;
  const auto read = app_->engine().write([&](Writer& writer) { count = writer.tail().entries; });
  if (!read) throw std::runtime_error(describe(read.error()));
  return count;
}

Service& shared_service() {
  static Service service;
  return service;
}

}  // namespace sparkgate::test
