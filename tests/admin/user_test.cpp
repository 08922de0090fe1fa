// `sparkgate user` on a data directory of its own.
#include "admin/user.h"

#include <gtest/gtest.h>

#include <sstream>

#include "admin/app.h"
#include "admin/demo.h"
#include "admin/terminal.h"
#include "engine/base/codes.h"
#include "tests/support/temp_folder.h"
#include "workflows/registry/kinds.h"

namespace sparkgate::admin {
namespace {

constexpr const char* k_password = "gravel tin opera";

class UserCommand : public testing::Test {
 protected:
  UserCommand() { ::setenv("LC_ALL", "C.UTF-8", 1); }

  UserOptions first_admin() {
    UserOptions options;
    options.data = folder_.path();
    options.login = "boss";
    options.name = "吕维新";
    options.id_number = "500230198708171192";
    options.roles = {"admin"};
    options.password_from_input = true;
    return options;
  }
  int add(const UserOptions& options, const std::string& input = k_password) {
    std::istringstream in(input + "\n");
    return user_add(options, in, out_, err_);
  }
  int renew(const UserOptions& options, const std::string& input) {
    std::istringstream in(input + "\n");
    return user_password(options, in, out_, err_);
  }
  /// For as long as the result lives nobody else can open the data.
  std::unique_ptr<App> open() {
    App::Options options;
    options.data = folder_.path();
    options.run_timers = false;
    auto app = App::open(options, clock_, random_);
    EXPECT_TRUE(app);
    return std::move(*app);
  }
  static api::Response ask(App& app, const std::string& method, const std::string& path, const Json& body,
                           const std::string& token = "") {
    api::Request request;
    request.method = method;
    request.path = path;
    request.peer = "192.0.2.1";
    if (!body.is_null()) {
      request.headers["content-type"] = "application/json";
      request.body = body.dump();
    }
    if (!token.empty()) request.headers["authorization"] = "Bearer " + token;
    return app.api().handle(request);
  }
  static api::Response sign_in(App& app, const std::string& password) {
    return ask(app, "POST", "/api/v1/sessions", {{"login", "boss"}, {"password", password}});
  }
  size_t stored(App& app, const char* kind) {
    ListQuery query;
    query.workflow = kind;
    return app.engine().read()->list(query).items.size();
  }

  test::TempFolder folder_;
  SystemClock clock_;
  SystemRandom random_;
  std::ostringstream out_, err_;
};

TEST_F(UserCommand, add_makes_an_account_that_can_sign_in) {
  ASSERT_EQ(add(first_admin()), 0) << err_.str();
  EXPECT_EQ(out_.str(), "") << "a password that was given is not shown";
  const auto app = open();
  EXPECT_EQ(sign_in(*app, k_password).status, 201);
  EXPECT_EQ(sign_in(*app, "another password").status, 401);
  EXPECT_EQ(stored(*app, "person"), 1u);
}

TEST_F(UserCommand, add_shows_the_password_that_it_makes) {
  UserOptions options = first_admin();
  options.password_from_input = false;
  ASSERT_EQ(add(options), 0) << err_.str();
  const std::string text = out_.str(), head = "Password (shown only now): ";
  ASSERT_TRUE(text.starts_with(head)) << text;
  const auto app = open();
  EXPECT_EQ(sign_in(*app, text.substr(head.size(), text.size() - head.size() - 1)).status, 201);
}

TEST_F(UserCommand, add_stores_nothing_when_anything_is_wrong) {
  const std::pair<const char*, std::function<void(UserOptions&)>> k_rows[] = {
      {"login", [](UserOptions& o) { o.login = "no blanks please"; }},
      {"role", [](UserOptions& o) { o.roles = {"wizard"}; }},
      {"role of a unit", [](UserOptions& o) { o.roles = {"applicant"}; }},
      {"roles that must stay apart", [](UserOptions& o) { o.roles = {"admin", "supervisor"}; }},
      {"unknown unit", [](UserOptions& o) { o.unit = "91500230MADEMA99X0"; }},
      {"unknown area", [](UserOptions& o) { o.area = "nowhere"; }},
      {"id number", [](UserOptions& o) { o.id_number = "?"; }},
  };
  for (const auto& [name, spoil] : k_rows) {
    UserOptions options = first_admin();
    spoil(options);
    EXPECT_EQ(add(options), k_exit_failed) << name;
    EXPECT_NE(err_.str(), "") << name;
    err_.str("");
  }
  EXPECT_EQ(add(first_admin(), "short"), k_exit_failed);
  EXPECT_NE(err_.str().find("fewer than 10"), std::string::npos) << err_.str();
  const auto app = open();
  EXPECT_EQ(stored(*app, "account"), 0u);
  EXPECT_EQ(stored(*app, "person"), 0u) << "the person was kept without the account";
}

TEST_F(UserCommand, add_refuses_a_login_twice_and_takes_it_again_once_revoked) {
  ASSERT_EQ(add(first_admin()), 0);
  EXPECT_EQ(add(first_admin()), k_exit_failed);
  EXPECT_NE(err_.str().find("boss is already registered"), std::string::npos) << err_.str();
  {
    const auto app = open();
    const auto account = app->engine().read()->linked("account", "login", "boss").front();
    Command revoke{"account", account, "revoke", {{"note", "left"}}, system_actor(), 1, "", {}};
    ASSERT_TRUE(app->engine().execute(revoke));
    EXPECT_EQ(sign_in(*app, k_password).status, 401);
  }
  ASSERT_EQ(add(first_admin(), "seven lively pangolins"), 0) << err_.str();
  ASSERT_EQ(renew(first_admin(), "eight lively pangolins"), 0) << "the one that lives is meant";
  const auto app = open();
  EXPECT_EQ(sign_in(*app, "eight lively pangolins").status, 201);
  EXPECT_EQ(stored(*app, "person"), 1u) << "the same human being";
}

TEST_F(UserCommand, password_takes_the_old_one_and_every_sign_in_away) {
  ASSERT_EQ(add(first_admin()), 0);
  std::string token;
  {
    const auto app = open();
    token = text_of(*parse_json(sign_in(*app, k_password).body), "token");
    ASSERT_EQ(ask(*app, "GET", "/api/v1/me", nullptr, token).status, 200);
  }
  EXPECT_EQ(renew(first_admin(), "weak"), k_exit_failed);
  ASSERT_EQ(renew(first_admin(), "seven lively pangolins"), 0) << err_.str();
  const auto app = open();
  EXPECT_EQ(ask(*app, "GET", "/api/v1/me", nullptr, token).status, 401);
  EXPECT_EQ(sign_in(*app, k_password).status, 401);
  EXPECT_EQ(sign_in(*app, "seven lively pangolins").status, 201);
}

TEST_F(UserCommand, password_names_a_login_that_is_not_there) {
  EXPECT_EQ(renew(first_admin(), k_password), k_exit_failed);
  EXPECT_NE(err_.str().find("boss, which is not registered"), std::string::npos) << err_.str();
}

TEST_F(UserCommand, leaves_data_alone_that_a_service_has_open) {
  const auto app = open();
  const std::string in_use = "Another process uses the data directory";
  EXPECT_EQ(add(first_admin()), k_exit_failed);
  EXPECT_NE(err_.str().find(in_use), std::string::npos) << err_.str();
  err_.str("");
  EXPECT_EQ(renew(first_admin(), k_password), k_exit_failed);
  EXPECT_NE(err_.str().find(in_use), std::string::npos) << err_.str();
  EXPECT_TRUE(app->has_no_accounts());
}

TEST_F(UserCommand, demo_is_loaded_whole_or_not_at_all) {
  const auto app = open();
  const auto refused = load_demo(*app, "short");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::password_weak);
  for (const registry::Kind& kind : registry::kinds()) {
    EXPECT_EQ(stored(*app, std::string(kind.name).c_str()), 0u) << kind.name;
  }
}

}  // namespace
}  // namespace sparkgate::admin
