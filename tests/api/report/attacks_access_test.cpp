// Who tries to read reports without being an officer of today's roster, and what the pages make of words that are code.
#include <gtest/gtest.h>

#include "admin/demo.h"
#include "api/report/report_routes.h"
#include "api/router.h"
#include "tests/support/report_house.h"
#include "workflows/report/officers.h"

namespace sparkgate {
namespace {

using test::Got;
using test::ReportBrowser;
using test::ReportHouse;
using test::WebPage;

constexpr const char* k_others[] = {"",          "admin",   "applicant",  "site_owner", "fire_watch", "supervisor1",
                                    "inspector", "auditor", "enforcement"};

std::string filled(std::string pattern, const std::string& id) {
  for (const auto& [name, value] :
       {std::pair<std::string, std::string>{"{id}", id}, {"{sequence}", "0"}, {"{event}", "acknowledge"}}) {
    if (const size_t at = pattern.find(name); at != pattern.npos) pattern.replace(at, name.size(), value);
  }
  return pattern;
}

TEST(IntakeAccess, nobody_but_an_officer_comes_in_at_any_of_its_routes) {
  ReportHouse house;
  house.reporter("secret words");
  const std::string id = text_of(house.report_of("secret words"), "id");
  const Got unlocked =
      house.service.ask({"POST", "/api/v1/intake/unlock", "intake2", {{"passphrase", test::k_demo_password}}});
  const std::string set = unlocked.headers.at("Set-Cookie");
  const std::string stolen = set.substr(0, set.find(';'));
  size_t tried = 0, refused = 0;
  for (const api::Route& route : api::report_routes()) {
    if (!std::string_view(route.pattern).starts_with("/api/")) continue;
    for (const char* who : k_others) {
      const Json body = std::string(route.method) == "GET" ? Json() : Json{{"passphrase", test::k_demo_password}};
      const Got got = house.service.ask(
          {std::string(route.method), filled(std::string(route.pattern), id), who, body, {{"cookie", stolen}}});
      ++tried;
      refused += got.status == 401 || got.status == 403;
      EXPECT_EQ(got.text.find("secret words"), got.text.npos) << who << " " << route.pattern;
    }
  }
  EXPECT_EQ(refused, tried);
  const Got other = house.service.ask({"GET", "/api/v1/intake/reports", "intake", nullptr, {{"cookie", stolen}}});
  EXPECT_EQ(other.code(), "intake_locked") << "another officer's cookie";
  std::printf("%zu requests of those who are no officers, %zu refused, also with an officer's cookie\n", tried,
              refused);
}

TEST(IntakeAccess, an_officer_taken_off_the_roster_reads_nothing_more_with_keys_that_are_still_open) {
  ReportHouse house;
  house.reporter("secret words");
  ASSERT_EQ(house.reports().size(), 1u);
  admin::IntakeHouse& intake = house.service.app().intake();
  report::Officers officers(intake.intake());
  ASSERT_TRUE(officers.enrol("somebody-else", "接替的", "another long passphrase"));
  const auto lead = PrivateKey::load((house.intake_folder() / "lead.pem").string());
  std::vector<StoredOfficer> left = intake.officers();
  const std::string own = text_of(house.officer("GET", "").body, "officer");
  std::erase_if(left, [&](const StoredOfficer& officer) { return officer.id == own; });
  ASSERT_TRUE(intake.sign_roster(left, *lead));
  size_t tried = 0;
  const std::string id = "0123456789abcdef0123456789abcdef";
  for (const api::Route& route : api::report_routes()) {
    const std::string pattern(route.pattern), method(route.method);
    if (pattern.find("/reports") == pattern.npos && pattern.find("/sealings") == pattern.npos) continue;
    if (!pattern.starts_with("/api/")) continue;
    const Got got = house.officer(method, filled(pattern, id).substr(std::string("/api/v1/intake").size()),
                                  method == "GET" ? Json() : Json::object());
    EXPECT_EQ(got.code(), "not_an_officer") << pattern;
    ++tried;
  }
  EXPECT_GE(tried, 4u);
  EXPECT_EQ(house.officer("GET", "/reports", nullptr, "intake2").body.at("items").size(), 1u);
  std::printf("%zu requests of an officer who was taken off, all refused\n", tried);
}

const std::string k_scripts[] = {"<script>alert(1)</script>",
                                 "</textarea><script>alert(1)</script>",
                                 "\"><img src=x onerror=alert(1)>",
                                 "' onfocus='alert(1)' autofocus='",
                                 "{{{body}}}{{#said}}x{{/said}}",
                                 "<!--",
                                 "]]><svg onload=alert(1)>",
                                 "javascript:alert(1)",
                                 "&lt;script&gt;"};

// No markup but the page's own.
void expect_inert(const WebPage& page, const std::string& what) {
  for (const char* raw :
       {"<script", "<img", "<svg", "onerror=alert(1)>", "onfocus='", "</textarea><script", "<!--"}) {
    EXPECT_EQ(page.body.find(raw), page.body.npos) << what << " shows " << raw;
  }
  EXPECT_LT(page.status, 500) << what;
  if (page.status == 400) return;  // no request: the server has answered, not the pages
  EXPECT_NE(page.header("content-security-policy").find("default-src 'none'"), std::string::npos) << what;
}

TEST(IntakePages, words_that_are_code_are_words_wherever_they_are_put) {
  ReportHouse house;
  size_t shown = 0;
  for (const std::string& script : k_scripts) {
    ReportBrowser browser = house.browser();
    expect_inert(browser.open("/report/new?lang=" + test::percent_encoded(script)), "a language");
    for (const char* field : {"category", "area", "address", "when", "text", "without", "token"}) {
      browser.open("/report/new");
      expect_inert(browser.post("/report/new", {{field, script}}), field);  // at once: the form comes back
      ++shown;
    }
    browser.open("/report/return");
    house.wait();
    expect_inert(browser.post("/report/return", {{"receipt", script}}), "a code");
    ReportBrowser reporter = house.browser();
    reporter.open("/report/new");
    house.wait();
    EXPECT_EQ(
        reporter.post("/report/new", {{"category", "other"}, {"address", script}, {"when", script}, {"text", script}})
            .status,
        201);
    house.officer("POST", "/reports/" + text_of(house.report_of(script), "id") + "/acknowledge", {{"text", script}});
    reporter.open("/report/mine");
    house.wait();
    expect_inert(reporter.post("/report/mine/answer", {{"text", script}}), "what was said");
    expect_inert(browser.open("/report/nothing/" + test::percent_encoded(script)), "no such page");
    shown += 5;
  }
  std::printf("%zu pages shown with code in them, none of it markup\n", shown);
}

TEST(IntakePages, text_that_deceives_the_eye_is_refused_in_every_field) {
  ReportHouse house;
  size_t refused = 0;
  ReportBrowser browser = house.browser();
  for (const char* mark : {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069",
                           "\u200E", "\u200F", "\x01", "\x1b[2J", "\x7f"}) {
    for (const char* field : {"address", "when", "text", "area"}) {
      std::map<std::string, std::string> fields = {{"category", "other"}, {"address", "gate"}, {"text", "text"}};
      fields[field] = std::string("a") + mark + "b";
      browser.open("/report/new");
      house.wait();
      refused += browser.post("/report/new", {fields.begin(), fields.end()}).status == 422;
    }
  }
  EXPECT_EQ(refused, 14 * 4u);
  EXPECT_EQ(house.reports().size(), 0u);
  std::printf("%zu forms with deceiving characters refused\n", refused);
}

}  // namespace
}  // namespace sparkgate
