// The console's files as a browser gets them. In a build without the console there is nothing to look at.
#include <gtest/gtest.h>

#include "admin/console_assets.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;

std::string name_of_a_script() {
  for (const auto& [path, asset] : admin::console_assets()) {
    if (path.starts_with("assets/main-")) return std::string(path);
  }
  return "";
}

class Console : public testing::Test {
 protected:
  void SetUp() override {
    if (admin::console_assets().empty()) GTEST_SKIP() << "built without the console (SPARKGATE_CONSOLE)";
  }
  Got get(const std::string& path, std::map<std::string, std::string> headers = {}) {
    return test::shared_service().ask({"GET", path, "", nullptr, std::move(headers)});
  }
};

TEST_F(Console, is_where_a_visitor_is_led) {
  for (const char* path : {"/", "/console"}) {
    const Got got = get(path);
    EXPECT_EQ(got.status, 303);
    EXPECT_EQ(got.headers.at("Location"), "/console/");
  }
  EXPECT_EQ(get("/console/").status, 200);
}

TEST_F(Console, every_page_s_address_gives_the_same_frame_asked_for_each_time) {
  const Got start = get("/console/"), page = get("/console/permits/0190-1");
  EXPECT_EQ(start.text, page.text);
  EXPECT_EQ(page.headers.at("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/console/", {{"if-none-match", page.headers.at("ETag")}}).status, 304);
}

TEST_F(Console, scripts_are_kept_for_ever_and_packed_for_who_takes_it) {
  const std::string path = "/console/" + name_of_a_script();
  const Got plain = get(path), packed = get(path, {{"accept-encoding", "br, gzip"}});
  EXPECT_EQ(plain.headers.count("Content-Encoding"), 0u);
  EXPECT_EQ(packed.headers.at("Content-Encoding"), "gzip");
  EXPECT_LT(packed.text.size(), plain.text.size());
  EXPECT_NE(plain.headers.at("Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(get(path, {{"accept-encoding", "gzip;q=0"}}).headers.count("Content-Encoding"), 0u);
  EXPECT_EQ(get("/console/assets/nothing.js").status, 404);
}

TEST_F(Console, nothing_inline_or_from_elsewhere_may_run) {
  const std::string policy = get("/console/").headers.at("Content-Security-Policy");
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
}

}  // namespace
}  // namespace sparkgate
