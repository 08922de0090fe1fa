// Public reports through the service: pages without script on one side, the officers' interface on the other.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "admin/demo.h"
#include "admin/intake_house.h"
#include "admin/intake_keeper.h"
#include "engine/base/codes.h"
#include "tests/support/service.h"
#include "workflows/report/source_desk.h"

namespace sparkgate {
namespace {

using test::Got;
using test::k_demo_password;

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += "%" + hex(std::string_view(&c, 1));
  return out;
}

/// A browser without script: keeps cookies, sends forms.
class Browser {
 public:
  explicit Browser(test::Service& service) : service_(service) {}

  Got open(const std::string& path) { return send({"GET", path, "", nullptr, {}}, ""); }
  /// Fills in the form on the page that it saw last, whose token it sends back.
  Got post(const std::string& path, const std::map<std::string, std::string>& fields) {
    std::string body = "token=" + token_for(path);
    for (const auto& [name, value] : fields) body += "&" + name + "=" + encoded(value);
    return send({"POST", path, "", nullptr, {{"content-type", "application/x-www-form-urlencoded"}}}, body);
  }
  std::map<std::string, std::string> cookies;

 private:
  std::string token_for(const std::string& path) const {
    const size_t form = last_.find("action=\"" + path + "?");
    std::smatch found;
    const std::string from = form == last_.npos ? "" : last_.substr(form);
    return std::regex_search(from, found, std::regex("name=\"token\" value=\"([^\"]*)\"")) ? found[1].str() : "";
  }

  Got send(const test::Ask& ask, const std::string& body) {
    api::Request request;
    request.method = ask.method;
    request.path = ask.path.substr(0, ask.path.find('?'));
    request.headers = ask.headers;
    request.body = body;
    request.peer = "127.0.0.1";
    for (const auto& [name, value] : cookies) {
      std::string& all = request.headers["cookie"];
      all += (all.empty() ? "" : "; ") + name + "=" + value;
    }
    const api::Response response = service_.app().api().handle(request);
    keep_cookies(response);
    Got got;
    got.status = response.status;
    got.text = response.body;
    for (const auto& [name, value] : response.headers) got.headers[name] = value;
    if (got.status == 303) return open(got.headers.at("Location"));
    last_ = got.text;
    return got;
  }

  void keep_cookies(const api::Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      const size_t equals = value.find('=');
      const std::string held = value.substr(equals + 1, value.find(';') - equals - 1);
      if (held.empty()) cookies.erase(value.substr(0, equals));
      else cookies[value.substr(0, equals)] = held;
    }
  }

  test::Service& service_;
  std::string last_;
};

struct Reporting : testing::Test {
  static test::Service& office() {
    static test::Service service;
    static const bool is_open = [] {
      const std::vector<admin::DemoAccount> officers = {{"intake", "intake", k_demo_password},
                                                        {"intake2", "intake", k_demo_password}};
      return admin::open_demo_intake(service.app(), officers, service.data()).has_value();
    }();
    EXPECT_TRUE(is_open);
    return service;
  }
  Browser browser{office()};

  Got filed(const std::string& text) {
    browser.open("/report/new");
    office().clock.advance(seconds(5));
    return browser.post("/report/new", {{"category", "no_permit"}, {"address", "东门"}, {"text", text}});
  }
  static std::string code_on(const Got& page) {
    std::smatch found;
    return std::regex_search(page.text, found, std::regex("<code>([^<]*)</code>")) ? found[1].str() : "";
  }
  Got officer(const std::string& method, const std::string& path, const Json& body = nullptr) {
    std::map<std::string, std::string> headers;
    if (!cookie_.empty()) headers["cookie"] = "__Host-intake=" + cookie_;
    return office().ask({method, "/api/v1/intake" + path, "intake", body, headers});
  }
  void unlock() {
    const Got got = officer("POST", "/unlock", {{"passphrase", k_demo_password}});
    ASSERT_EQ(got.status, 204) << got.text;
    const std::string set = got.headers.at("Set-Cookie");
    cookie_ = set.substr(set.find('=') + 1, set.find(';') - set.find('=') - 1);
  }
  std::string cookie_;
};

TEST_F(Reporting, every_answer_has_the_header_fields_and_no_script) {
  for (const char* path : {"/report", "/report/new", "/report/return", "/report/mine", "/report/nothing/here",
                           "/report/style.css"}) {
    const Got got = browser.open(path);
    EXPECT_EQ(got.headers.at("X-Frame-Options"), "DENY") << path;
    EXPECT_EQ(got.headers.at("Referrer-Policy"), "same-origin") << path;
    EXPECT_EQ(got.headers.at("Cross-Origin-Embedder-Policy"), "require-corp") << path;
    EXPECT_EQ(got.headers.at("Content-Security-Policy"),
              "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
              "frame-ancestors 'none'; base-uri 'none'")
        << path;
    EXPECT_EQ(got.text.find("<script"), got.text.npos) << path;
    EXPECT_EQ(got.text.find(" style="), got.text.npos) << path;
  }
}

TEST_F(Reporting, goes_from_form_to_officer_and_back_by_the_code) {
  const Got receipt = filed("二楼电焊无人看守");
  ASSERT_EQ(receipt.status, 201) << receipt.text;
  const std::string code = code_on(receipt);
  ASSERT_EQ(code.size(), 25u) << code;
  unlock();
  const Json reports = officer("GET", "/reports").body.at("items");
  const auto at = std::find_if(reports.begin(), reports.end(), [](const Json& row) {
    return text_of(row.at("report"), "text") == "二楼电焊无人看守";
  });
  ASSERT_NE(at, reports.end());
  const std::string id = at->at("id");
  EXPECT_EQ(officer("POST", "/reports/" + id + "/acknowledge", Json::object()).status, 204);
  EXPECT_EQ(officer("POST", "/reports/" + id + "/say", {{"text", "现在还在焊吗？"}}).status, 204);

  Browser later(office());
  later.open("/report/return");
  office().clock.advance(seconds(5));
  const Got mine = later.post("/report/return", {{"receipt", code}});
  EXPECT_NE(mine.text.find("现在还在焊吗？"), mine.text.npos) << mine.text;
  office().clock.advance(seconds(5));
  const Got answered = later.post("/report/mine/answer", {{"text", "停了"}});
  EXPECT_NE(answered.text.find("停了"), answered.text.npos) << answered.text;
  const Json said = officer("GET", "/reports/" + id).body.at("said");
  EXPECT_EQ(said.back().at("content").at("text"), "停了");
}

TEST_F(Reporting, counts_are_of_quarters_that_are_over) {
  unlock();
  EXPECT_EQ(officer("GET", "/statistics").code(), "parameter_invalid");
  EXPECT_EQ(officer("GET", "/statistics?quarter=2026-13").code(), "parameter_invalid");
  EXPECT_EQ(officer("GET", "/statistics?quarter=2099-Q4").code(), "parameter_invalid");
  const Json counted = officer("GET", "/statistics?quarter=2020-Q1").body;
  EXPECT_EQ(counted.at("all"), 0);
  EXPECT_EQ(counted.at("by_category").at(0).at("number"), 0);
}

TEST_F(Reporting, is_handed_on_to_inspectors_and_what_they_find_is_seen_from_the_report_alone) {
  filed("河边空地夜里电焊");
  unlock();
  const Json reports = officer("GET", "/reports").body.at("items");
  const auto at = std::find_if(reports.begin(), reports.end(), [](const Json& row) {
    return text_of(row.at("report"), "text") == "河边空地夜里电焊";
  });
  ASSERT_NE(at, reports.end());
  const std::string path = "/reports/" + text_of(*at, "id");
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
  unlock();
  const Json handed = officer("GET", path).body.at("hand_offs").at(0);
  EXPECT_EQ(handed.at("inspection").at("state"), "Referred") << handed;
  const std::string inspection = handed.at("inspection").at("id");
  const Got seen = office().ask({"GET", "/api/v1/inspections/" + inspection, "grid_worker"});
  EXPECT_EQ(seen.body.at("data").at("referral"), "河边空地有人夜间动火");
  EXPECT_EQ(seen.text.find(text_of(*at, "id")), std::string::npos);
}

TEST_F(Reporting, is_read_by_nobody_without_open_keys_and_never_by_an_administrator) {
  filed("secret words");
  EXPECT_EQ(officer("GET", "/reports").code(), "intake_locked");
  EXPECT_EQ(office().ask({"GET", "/api/v1/intake/reports", "admin"}).code(), "role_required");
  unlock();
  office().clock.advance(minutes(31));
  EXPECT_EQ(officer("GET", "/reports").code(), "intake_locked");
  cookie_ = "0123456789";
  EXPECT_EQ(officer("GET", "/reports").code(), "intake_locked");
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
  const std::map<std::string, std::string> typed = {
      {"category", "no_permit"}, {"address", "A & B"}, {"text", "<b>x</b>"}};
  const Got at_once = browser.post("/report/new", typed);
  EXPECT_EQ(at_once.status, 422) << "faster than anybody writes";
  EXPECT_NE(at_once.text.find("A &amp; B"), at_once.text.npos);
  EXPECT_NE(at_once.text.find("&lt;b&gt;x&lt;"), at_once.text.npos);
  office().clock.advance(seconds(5));
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", ""}, {"text", "x"}}).status, 422);
  office().clock.advance(hours(3));
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 422);
  office().clock.advance(seconds(5));
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 201);
}

TEST_F(Reporting, a_wrong_code_and_what_is_no_code_are_answered_alike) {
  std::vector<std::string> answers;
  for (const char* code : {"7Q4M-0ZTX-K3VB-9D2H-WS6PU", "7Q4M-0ZTX-K3VB-9D2H-WS6P0", "no code at all", ""}) {
    Browser one(office());
    one.open("/report/return");
    office().clock.advance(seconds(5));
    const Got got = one.post("/report/return", {{"receipt", code}});
    EXPECT_EQ(got.status, 404);
    answers.push_back(std::regex_replace(got.text, std::regex("value=\"[^\"]*\""), ""));
  }
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
}

TEST_F(Reporting, another_browser_s_form_token_is_not_taken) {
  browser.open("/report/new");
  office().clock.advance(seconds(5));
  browser.cookies.clear();
  EXPECT_EQ(browser.post("/report/new", {{"category", "no_permit"}, {"address", "A"}, {"text", "x"}}).status, 422);
}

TEST_F(Reporting, leaves_neither_words_nor_code_in_the_data) {
  const std::string words = "a wall of plain words that would be found";
  const std::string code = code_on(filed(words));
  ASSERT_FALSE(code.empty());
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(office().data())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    for (const std::string& sought : {words, code, std::regex_replace(code, std::regex("-"), "")}) {
      EXPECT_EQ(bytes.find(sought), bytes.npos) << entry.path() << " holds " << sought;
    }
    ++files;
  }
  EXPECT_GT(files, 3u);
  EXPECT_EQ(office().log().find("/report"), std::string::npos) << "nothing of these pages is logged";
}

// Another officer's console.
struct Second {
  test::Service& office;
  std::string cookie = {};
  Got ask(const std::string& method, const std::string& path, const Json& body = nullptr) {
    std::map<std::string, std::string> headers;
    if (!cookie.empty()) headers["cookie"] = "__Host-intake=" + cookie;
    const Got got = office.ask({method, "/api/v1/intake" + path, "intake2", body, headers});
    const auto set = got.headers.find("Set-Cookie");
    if (set != got.headers.end()) {
      const size_t equals = set->second.find('=') + 1;
      cookie = set->second.substr(equals, set->second.find(';') - equals);
    }
    return got;
  }
};

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
  unlock();
  Second second{office()};
  ASSERT_EQ(second.ask("POST", "/unlock", {{"passphrase", k_demo_password}}).status, 204);
  const std::string path = "/reports/" + text_of(officer("GET", "/reports").body.at("items").at(0), "id");
  EXPECT_EQ(officer("POST", path + "/export", {{"certificate", "no certificate"}}).code(), "certificate_unusable");
  EXPECT_EQ(officer("POST", "/reports/none/export", {{"certificate", k_recipient}}).code(), "not_found");
  const Got proposed = officer("POST", path + "/export", {{"certificate", k_recipient}});
  ASSERT_EQ(proposed.status, 201) << proposed.text;
  EXPECT_EQ(proposed.body.at("recipient").at("subject"), "CN=Receiving authority");
  const std::string code = "/exports/" + text_of(proposed.body, "code");
  EXPECT_EQ(officer("POST", code).code(), "second_officer_needed");
  EXPECT_EQ(second.ask("GET", code).body.at("recipient"), proposed.body.at("recipient"));
  const Got file = second.ask("POST", code);
  ASSERT_EQ(file.status, 200) << file.text;
  EXPECT_TRUE(file.headers.at("Content-Disposition").starts_with("attachment"));
  EXPECT_EQ(second.ask("POST", code).code(), "not_found") << "it is confirmed once";
  EXPECT_EQ(officer("GET", path).body.at("steps").back().at("event"), "export");

  const Got again = officer("POST", path + "/export", {{"certificate", k_recipient}});
  const std::string late = "/exports/" + text_of(again.body, "code");
  office().clock.advance(minutes(31));
  ASSERT_EQ(second.ask("POST", "/unlock", {{"passphrase", k_demo_password}}).status, 204);
  EXPECT_EQ(second.ask("POST", late).code(), "not_found");
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
  unlock();
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
