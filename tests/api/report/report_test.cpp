// Public reports through the service: pages without script on one side, the officers' interface on the other.
#include <gtest/gtest.h>

#include <regex>

#include "admin/demo.h"
#include "admin/intake_house.h"
#include "admin/intake_keeper.h"
#include "engine/base/codes.h"
#include "tests/support/report_house.h"
#include "workflows/report/source_desk.h"

namespace sparkgate {
namespace {

using test::Got;
using test::k_demo_password;
using test::ReportBrowser;
using test::WebPage;

std::string without_values(const std::string& page) {
  return std::regex_replace(page, std::regex("value=\"[^\"]*\""), "");
}

struct Reporting : testing::Test {
  static test::ReportHouse& house() {
    static test::ReportHouse house;
    return house;
  }
  static test::Service& office() { return house().service; }
  ReportBrowser browser = house().browser();

  WebPage filed(const std::string& text) {
    browser.open("/report/new");
    house().wait();
    return browser.post("/report/new", {{"category", "no_permit"}, {"address", "东门"}, {"text", text}});
  }
  static Got officer(const std::string& method, const std::string& path, const Json& body = nullptr,
                     const std::string& login = "intake") {
    return house().officer(method, path, body, login);
  }
  static std::string path_of(const std::string& text) {
    return "/reports/" + text_of(house().report_of(text), "id");
  }
};

TEST_F(Reporting, every_answer_has_the_header_fields_and_no_script) {
  for (const char* path : {"/report", "/report/new", "/report/return", "/report/mine", "/report/nothing/here",
                           "/report/style.css"}) {
    const WebPage got = browser.open(path);
    EXPECT_EQ(got.header("x-frame-options"), "DENY") << path;
    EXPECT_EQ(got.header("referrer-policy"), "same-origin") << path;
    EXPECT_EQ(got.header("cross-origin-embedder-policy"), "require-corp") << path;
    EXPECT_EQ(got.header("content-security-policy"),
              "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
              "frame-ancestors 'none'; base-uri 'none'")
        << path;
    EXPECT_EQ(got.body.find("<script"), got.body.npos) << path;
    EXPECT_EQ(got.body.find(" style="), got.body.npos) << path;
  }
}

TEST_F(Reporting, goes_from_form_to_officer_and_back_by_the_code) {
  const WebPage receipt = filed("二楼电焊无人看守");
  ASSERT_EQ(receipt.status, 201) << receipt.body;
  const std::string code = test::code_on(receipt.body);
  ASSERT_EQ(code.size(), 25u) << code;
  const std::string path = path_of("二楼电焊无人看守");
  EXPECT_EQ(officer("POST", path + "/acknowledge", Json::object()).status, 204);
  EXPECT_EQ(officer("POST", path + "/say", {{"text", "现在还在焊吗？"}}).status, 204);

  ReportBrowser later = house().browser();
  later.open("/report/return");
  house().wait();
  const WebPage mine = later.post("/report/return", {{"receipt", code}});
  EXPECT_NE(mine.body.find("现在还在焊吗？"), mine.body.npos) << mine.body;
  house().wait();
  const WebPage answered = later.post("/report/mine/answer", {{"text", "停了"}});
  EXPECT_NE(answered.body.find("停了"), answered.body.npos) << answered.body;
  const Json said = officer("GET", path).body.at("said");
  EXPECT_EQ(said.back().at("content").at("text"), "停了");
  EXPECT_EQ(office().log().find("/report"), std::string::npos) << "nothing of these pages is logged";
}

TEST_F(Reporting, counts_are_of_quarters_that_are_over) {
  EXPECT_EQ(officer("GET", "/statistics").code(), "parameter_invalid");
  EXPECT_EQ(officer("GET", "/statistics?quarter=2026-13").code(), "parameter_invalid");
  EXPECT_EQ(officer("GET", "/statistics?quarter=2099-Q4").code(), "parameter_invalid");
  const Json counted = officer("GET", "/statistics?quarter=2020-Q1").body;
  EXPECT_EQ(counted.at("all"), 0);
  EXPECT_EQ(counted.at("by_category").at(0).at("number"), 0);
}

TEST_F(Reporting, is_handed_on_to_inspectors_and_what_they_find_is_seen_from_the_report_alone) {
  filed("河边空地夜里电焊");
  const std::string path = path_of("河边空地夜里电焊");
  ASSERT_EQ(officer("POST", path + "/acknowledge").status, 204);
  EXPECT_EQ(officer("GET", path + "/permits").code(), "parameter_invalid") << "no area was reported";
  EXPECT_EQ(officer("GET", path + "/permits?area=500230111201-01").body.at("items"), Json::array());
  Json wanted = {{"note", "河边空地有人夜间动火"}, {"details", {{"area", "nowhere"}, {"address", "河边空地"}}}};
  EXPECT_EQ(officer("POST", path + "/hand_off", wanted).code(), "unknown_reference");
  wanted["details"]["area"] = "500230111201-01";
  ASSERT_EQ(officer("POST", path + "/hand_off", wanted).status, 204);
  EXPECT_EQ(officer("GET", path).body.at("hand_offs").at(0).at("inspection"), nullptr);
  office().clock.advance(hours(25));
  ASSERT_TRUE(admin::hand_over_reports(office().app().intake().intake(), office().app().engine()));
  office().sign_in_again();
  const Json handed = officer("GET", path).body.at("hand_offs").at(0);
  EXPECT_EQ(handed.at("inspection").at("state"), "Referred") << handed;
  const std::string inspection = handed.at("inspection").at("id");
  const Got seen = office().ask({"GET", "/api/v1/inspections/" + inspection, "grid_worker"});
  EXPECT_EQ(seen.body.at("data").at("referral"), "河边空地有人夜间动火");
  EXPECT_EQ(seen.text.find(path.substr(path.rfind('/') + 1)), std::string::npos);
}

TEST_F(Reporting, is_read_by_nobody_without_open_keys_and_never_by_an_administrator) {
  filed("secret words");
  test::CookieJar keys;
  const auto read = [&](const std::string& login) {
    return office().ask({"GET", "/api/v1/intake/reports", login, nullptr, {{"cookie", keys.field()}}});
  };
  EXPECT_EQ(read("intake").code(), "intake_locked");
  EXPECT_EQ(read("admin").code(), "role_required");
  const Got opened = office().ask({"POST", "/api/v1/intake/unlock", "intake", {{"passphrase", k_demo_password}}});
  ASSERT_EQ(opened.status, 204) << opened.text;
  keys.keep(opened.headers.at("Set-Cookie"));
  EXPECT_EQ(read("intake").status, 200);
  office().clock.advance(minutes(31));
  EXPECT_EQ(read("intake").code(), "intake_locked");
  keys.begin()->second = "0123456789";
  EXPECT_EQ(read("intake").code(), "intake_locked");
}

TEST_F(Reporting, only_the_officer_s_own_passphrase_opens_and_nobody_enrols_twice) {
  EXPECT_EQ(officer("POST", "/unlock", {{"passphrase", "not the passphrase"}}).code(), "passphrase_wrong");
  EXPECT_EQ(officer("POST", "/enrolment", {{"passphrase", "another passphrase"}}).code(), "already_enrolled");
  const Got got = office().ask({"POST", "/api/v1/intake/unlock", "inspector", {{"passphrase", k_demo_password}}});
  EXPECT_EQ(got.code(), "role_required");
}

TEST_F(Reporting, an_officer_who_forgot_the_passphrase_sets_another_by_the_recovery_key) {
  test::Service service;
  const auto ask = [&](const char* path, Json body) {
    return service.ask({"POST", std::string("/api/v1/intake") + path, "intake", std::move(body)});
  };
  EXPECT_EQ(ask("/unlock", {{"passphrase", k_demo_password}}).code(), "not_an_officer");
  const std::string key = ask("/enrolment", {{"passphrase", "a first passphrase"}}).body.at("recovery_key");
  EXPECT_EQ(ask("/recovery", {{"recovery_key", key}, {"passphrase", "a second passphrase"}}).status, 204);
  EXPECT_EQ(ask("/unlock", {{"passphrase", "a first passphrase"}}).code(), "passphrase_wrong");
  EXPECT_EQ(ask("/unlock", {{"passphrase", "a second passphrase"}}).status, 204);
  EXPECT_EQ(ask("/passphrase", {{"before", "a second passphrase"}, {"after", "a third passphrase"}}).status, 204);
  EXPECT_EQ(ask("/unlock", {{"passphrase", "a third passphrase"}}).status, 204);
}

TEST_F(Reporting, a_form_that_is_refused_keeps_what_was_written) {
  browser.open("/report/new");
  const test::FormFields typed = {{"category", "no_permit"}, {"address", "A & B"}, {"text", "<b>x</b>"}};
  const WebPage at_once = browser.post("/report/new", typed);
  EXPECT_EQ(at_once.status, 422) << "faster than anybody writes";
  EXPECT_NE(at_once.body.find("A &amp; B"), at_once.body.npos);
  EXPECT_NE(at_once.body.find("&lt;b&gt;x&lt;"), at_once.body.npos);
  house().wait();
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", ""}, {"text", "x"}}).status, 422);
  office().clock.advance(hours(3));
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 422);
  house().wait();
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 201);
}

TEST_F(Reporting, a_wrong_code_and_what_is_no_code_are_answered_alike) {
  std::vector<std::string> answers;
  for (const char* code : {"7Q4M-0ZTX-K3VB-9D2H-WS6PU", "7Q4M-0ZTX-K3VB-9D2H-WS6P0", "no code at all", ""}) {
    ReportBrowser one = house().browser();
    one.open("/report/return");
    house().wait();
    const WebPage got = one.post("/report/return", {{"receipt", code}});
    EXPECT_EQ(got.status, 404);
    answers.push_back(without_values(got.body));
  }
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
}

TEST_F(Reporting, another_browser_s_form_token_is_not_taken) {
  browser.open("/report/new");
  house().wait();
  browser.cookies.clear();
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 422);
}

// Of a P-256 key that nobody has, from 2020 to 2048.
constexpr const char* k_recipient =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBKDCBz6ADAgECAgEBMAoGCCqGSM49BAMCMB4xHDAaBgNVBAMME1JlY2Vpdmlu\n"
    "ZyBhdXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNNDkwMTAxMDAwMDAwWjAeMRww\n"
    "GgYDVQQDDBNSZWNlaXZpbmcgYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0D\n"
    "AQcDQgAEq8bq6JxL6c0GK8XsY2fl9DERMHIrMG3eoDRNcLS2q6vFpIRcoINW4Jhq\n"
    "5K0urIHB85z4YjihTfk0ItSIWBUFtjAKBggqhkjOPQQDAgNIADBFAiEA7AOiJH6h\n"
    "4T0eH/LM5GvUH6IYqS44DITElf+dLLCSWOwCIE8yt9hyHpsB/wCJXZpKHa1CZwG0\n"
    "FlD2xYeSZCYuXb/C\n"
    "-----END CERTIFICATE-----\n";

TEST_F(Reporting, is_exported_for_another_authority_by_two_officers_within_half_an_hour) {
  filed("移送纪委");
  const auto second = [](const char* method, const std::string& where) {
    return officer(method, where, nullptr, "intake2");
  };
  const std::string path = path_of("移送纪委");
  EXPECT_EQ(officer("POST", path + "/export", {{"certificate", "no certificate"}}).code(), "certificate_unusable");
  EXPECT_EQ(officer("POST", "/reports/none/export", {{"certificate", k_recipient}}).code(), "not_found");
  const Got proposed = officer("POST", path + "/export", {{"certificate", k_recipient}});
  ASSERT_EQ(proposed.status, 201) << proposed.text;
  EXPECT_EQ(proposed.body.at("recipient").at("subject"), "CN=Receiving authority");
  const std::string code = "/exports/" + text_of(proposed.body, "code");
  EXPECT_EQ(officer("POST", code).code(), "second_officer_needed");
  EXPECT_EQ(second("GET", code).body.at("recipient"), proposed.body.at("recipient"));
  const Got file = second("POST", code);
  ASSERT_EQ(file.status, 200) << file.text;
  EXPECT_TRUE(file.headers.at("Content-Disposition").starts_with("attachment"));
  EXPECT_EQ(second("POST", code).code(), "not_found") << "it is confirmed once";
  EXPECT_EQ(officer("GET", path).body.at("steps").back().at("event"), "export");

  const Got again = officer("POST", path + "/export", {{"certificate", k_recipient}});
  const std::string late = "/exports/" + text_of(again.body, "code");
  office().clock.advance(minutes(31));
  EXPECT_EQ(second("POST", late).code(), "not_found");
}

TEST_F(Reporting, a_roster_without_anybody_who_reads_them_is_not_signed_unless_that_is_meant) {
  test::Service service;
  const std::vector<admin::DemoAccount> demo = {{"intake", "intake", k_demo_password},
                                                {"intake2", "intake", k_demo_password}};
  ASSERT_TRUE(admin::open_demo_intake(service.app(), demo, service.data()));
  admin::IntakeHouse& house = service.app().intake();
  report::SourceDesk source(house.intake());
  ASSERT_TRUE(source.file({"no_permit", "", "东门", "", "text", {}}));
  const auto officers = house.officers();
  std::vector<StoredOfficer> others = officers;
  for (StoredOfficer& one : others) one.reading_key = X25519Key::generate(house.intake().random).public_key();
  const auto lead = PrivateKey::load(service.data() / "intake" / "lead.pem").value();
  EXPECT_EQ(house.sign_roster(others, lead).error().code, Code::reports_would_be_lost);
  EXPECT_TRUE(house.sign_roster({others[0], officers[1]}, lead)) << "one who reads stays";
  EXPECT_TRUE(house.sign_roster({others[0], others[1]}, lead, admin::Loss::may_be));
}

TEST_F(Reporting, tells_how_many_reports_were_sealed_and_got_fresh_secrets) {
  filed("another");
  const Got got = officer("POST", "/sealings");
  EXPECT_EQ(got.body, (Json{{"sealed", 0}, {"rekeyed", 0}})) << got.text;
  EXPECT_EQ(officer("GET", "/reports").text.find("reading_key"), std::string::npos);
}

TEST_F(Reporting, a_service_without_a_roster_says_where_else_to_turn) {
  const Got got = test::shared_service().ask({"GET", "/report/new", ""});
  EXPECT_EQ(got.status, 503);
  EXPECT_NE(got.text.find("12350"), got.text.npos);
  EXPECT_EQ(test::shared_service().ask({"GET", "/report", ""}).status, 200);
}

}  // namespace
}  // namespace sparkgate
