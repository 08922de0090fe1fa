// A password that somebody sets is kept as a verifier and nowhere else.
#include <gtest/gtest.h>

#include <fstream>

#include "admin/demo.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

constexpr const char* k_new_password = "seven lively pangolins";

std::string bytes_below(const std::filesystem::path& folder) {
  std::string out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    out.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return out;
}

TEST(Passwords, a_new_one_stands_in_no_file_no_entry_and_no_line_of_the_log) {
  test::Service service;
  const std::string inspector = text_of(service.ask({"GET", "/api/v1/me", "inspector"}).body, "id");
  const std::string path = "/api/v1/accounts/" + inspector + "/set_password";
  for (const char* word : {k_new_password, "short"}) {
    const test::Got got = service.ask(
        {"POST", path, "admin", {{"password", word}}, {{"idempotency-key", "once"}, {"if-match", "\"1\""}}});
    EXPECT_EQ(got.status, std::string(word) == "short" ? 422 : 200) << got.body;
    EXPECT_EQ(got.body.dump().find(k_new_password), std::string::npos);
  }
  const Json sign_in = {{"login", "inspector"}, {"password", k_new_password}};
  EXPECT_EQ(service.ask({"POST", "/api/v1/sessions", "", sign_in}).status, 201);
  const std::string stored = bytes_below(service.data());
  EXPECT_NE(stored.find("set_password"), stored.npos) << "nothing was looked at";
  EXPECT_EQ(stored.find("pangolins"), stored.npos);
  EXPECT_EQ(service.log().find("pangolins"), std::string::npos);
}

TEST(Passwords, who_may_not_set_one_learns_nothing_and_costs_nothing) {
  test::Service& service = test::shared_service();
  const std::string admin = text_of(service.ask({"GET", "/api/v1/me", "admin"}).body, "id");
  const int64_t before = service.entries();
  for (const std::string& account : {admin, std::string("0190a000-0000-7000-8000-000000000000")}) {
    const test::Got got = service.ask({"POST", "/api/v1/accounts/" + account + "/set_password", "applicant",
                                       {{"password", k_new_password}}});
    EXPECT_EQ(got.code(), "not_found") << account;
  }
  EXPECT_EQ(service.entries(), before);
}

TEST(Passwords, a_login_that_is_given_again_signs_in_its_new_owner) {
  test::Service service;
  const test::Got old = service.ask({"GET", "/api/v1/me", "grid_worker"});
  const std::string id = text_of(old.body, "id");
  ASSERT_EQ(service.ask({"POST", "/api/v1/accounts/" + id + "/revoke", "admin", {{"note", "left"}},
                         {{"if-match", "\"1\""}}}).status, 200);
  const Json account = {{"login", "grid_worker"},
                        {"name", "秦望山"},
                        {"id_number", "500230198512121150"},
                        {"grants", {{{"role", "grid_worker"}, {"area", "500230111201-01"}}}}};
  const test::Got made = service.ask({"POST", "/api/v1/accounts", "admin", account});
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string path = "/api/v1/accounts/" + text_of(made.body, "id") + "/set_password";
  ASSERT_EQ(service.ask({"POST", path, "admin", {{"password", k_new_password}}}).status, 200);
  const test::Got in =
      service.ask({"POST", "/api/v1/sessions", "", {{"login", "grid_worker"}, {"password", k_new_password}}});
  ASSERT_EQ(in.status, 201) << in.body;
  EXPECT_EQ(in.body.at("account").at("id"), made.body.at("id"));
}

}  // namespace
}  // namespace sparkgate
