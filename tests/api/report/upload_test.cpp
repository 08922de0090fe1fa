// Files that come with a report: scanned, named by their bytes, few at a time from one address; and what is answered to
// whoever may not send one.
#include <gtest/gtest.h>

#include "api/report/crowd.h"
#include "tests/support/fake_clamd.h"
#include "tests/support/jpeg.h"
#include "tests/support/raw_http.h"
#include "tests/support/report_house.h"

namespace sparkgate {
namespace {

using test::Got;

/// Somebody who has filed a report, at that address.
class Reporter {
 public:
  Reporter(test::Service& service, std::string address) : service_(service), address_(std::move(address)) {
    service_.app().api().prepare(server_);
  }
  Got get(const std::string& path) { return ask("GET", path, "", ""); }
  Got post(const std::string& path, const std::string& fields) {
    const std::string body = "token=" + token(path) + "&" + fields;
    return ask("POST", path, "application/x-www-form-urlencoded", body);
  }
  Got file(const std::string& fields = "category=no_permit&address=A&text=x") {
    get("/report/new");
    service_.clock.advance(seconds(5));
    return post("/report/new", fields);
  }
  // A file that has begun to come: not yet its last byte.
  struct Sending {
    api::Request head;
    std::string rest;
    bool is_wanted = true;
  };
  Sending begin(const std::string& bytes, const std::string& name = "file") {
    get("/report/mine");
    service_.clock.advance(seconds(5));
    const std::string type = "application/octet-stream";
    const std::string body = test::file_form_body(token("/report/mine/file"), {name, type, bytes});
    Sending out{request("POST", "/report/mine/file", test::k_file_form_type), body};
    out.head.sink = server_.sink_for(out.head);
    out.is_wanted = out.head.sink->take(body.substr(0, body.size() - 10));
    out.rest = body.substr(body.size() - 10);
    return out;
  }
  Got end(Sending sending) {
    if (sending.is_wanted) sending.head.sink->take(sending.rest);
    return answer(sending.head);
  }
  Got send(const std::string& bytes, const std::string& name = "file") { return end(begin(bytes, name)); }
  test::CookieJar cookies;

 private:
  api::Request request(const std::string& method, const std::string& path, const std::string& type) {
    api::Request out;
    out.method = method, out.path = path, out.peer = address_;
    out.headers = {{"accept-language", "en"}};
    if (!type.empty()) out.headers["content-type"] = type;
    if (!cookies.empty()) out.headers["cookie"] = cookies.field();
    return out;
  }
  Got ask(const std::string& method, const std::string& path, const std::string& type, const std::string& body) {
    api::Request out = request(method, path, type);
    out.body = body;
    return answer(out);
  }
  Got answer(const api::Request& request) {
    const api::Response response = service_.app().api().handle(request);
    Got got;
    got.status = response.status;
    got.text = response.body;
    for (const auto& [name, value] : response.headers) {
      got.headers[name] = value;
      if (name == "Set-Cookie") cookies.keep(value);
    }
    last_ = got.text;
    return got;
  }
  std::string token(const std::string& path) const { return test::token_for(path, last_); }

  test::Service& service_;
  const std::string address_;
  api::ServerOptions server_;
  std::string last_;
};

struct Uploads : testing::Test {
  static test::ReportHouse& house() {
    static test::ReportHouse house;
    return house;
  }
  static test::Service& office() { return house().service; }
  static report::Intake& intake() { return office().app().intake().intake(); }
  ~Uploads() override { intake().scanner.clear(); }

  static Got officer(const std::string& path) { return house().officer("GET", path); }
  static std::string report_saying(const std::string& text) { return text_of(house().report_of(text), "id"); }
  static size_t sealed_files() { return house().files().size(); }
  Reporter reporter{office(), "192.0.2.7"};
};

TEST_F(Uploads, are_named_by_their_bytes_and_never_served_as_what_they_are) {
  reporter.file("category=no_permit&address=A&text=named");
  ASSERT_EQ(reporter.send(test::a_jpeg(), "page.html").status, 303);
  ASSERT_EQ(reporter.send("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "photo.jpg").status, 303);
  const std::string path = "/reports/" + report_saying("named");
  const Json said = officer(path).body.at("said");
  EXPECT_EQ(said.at(1).at("content").at("kind"), "picture");
  EXPECT_EQ(said.at(2).at("content").at("kind"), "other");
  const Got file = officer(path + "/files/2");
  EXPECT_EQ(file.headers.at("Content-Disposition"), "attachment; filename=\"report-file-2\"");
}

TEST_F(Uploads, have_a_cleaned_copy_for_officers) {
  if (!std::filesystem::exists("/usr/bin/mat2")) GTEST_SKIP() << "mat2 is not installed";
  reporter.file("category=no_permit&address=A&text=cleaned");
  test::Exif exif;
  exif.north_south = "N", exif.east_west = "E";
  ASSERT_EQ(reporter.send(test::with_exif(test::a_jpeg(), exif)).status, 303);
  const std::string file = "/reports/" + report_saying("cleaned") + "/files/1";
  EXPECT_NE(officer(file).text.find("Exif"), std::string::npos);
  const Got cleaned = officer(file + "/cleaned");
  ASSERT_EQ(cleaned.status, 200) << cleaned.text;
  EXPECT_EQ(cleaned.text.find("Exif"), std::string::npos);
  EXPECT_EQ(cleaned.headers.at("Content-Disposition"), "attachment; filename=\"report-file-1-cleaned.jpg\"");
  const size_t files = sealed_files();
  EXPECT_EQ(officer(file + "/cleaned").text, cleaned.text);
  EXPECT_EQ(sealed_files(), files);
}

TEST_F(Uploads, the_officers_page_is_told_how_many_reports_are_overdue_before_it_is_unlocked) {
  const Got got = office().ask({"GET", "/api/v1/intake", "intake"});
  EXPECT_EQ(got.body.at("overdue"), 0);
  EXPECT_EQ(got.body.at("unlocked"), false);
}

TEST_F(Uploads, without_a_cleaned_copy_say_why) {
  reporter.file("category=no_permit&address=A&text=unclean");
  ASSERT_EQ(reporter.send("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old").status, 303);
  const std::string file = "/reports/" + report_saying("unclean") + "/files/1/cleaned";
  EXPECT_EQ(officer(file).code(), "file_not_cleaned");
  report::Clean clean;
  std::swap(clean, intake().clean);
  EXPECT_EQ(officer(file).code(), "cleaner_missing");
  std::swap(clean, intake().clean);
  EXPECT_EQ(officer("/reports/" + report_saying("unclean") + "/files/0/cleaned").code(), "not_found");
}

TEST_F(Uploads, that_a_scanner_takes_for_malware_leave_nothing) {
  test::FakeClamd clamd(office().data() / "clamd");
  intake().scanner = clamd.socket();
  reporter.file();
  const size_t before = sealed_files();
  EXPECT_EQ(reporter.send("clean words").status, 303);
  EXPECT_EQ(clamd.scanned(), "clean words");
  EXPECT_EQ(sealed_files(), before + 1);
  const Got refused = reporter.send("some malware in it");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.text.find("malware. Send it as"), refused.text.npos) << refused.text;
  EXPECT_EQ(sealed_files(), before + 1);
  const std::string large(200'000, 'x');
  EXPECT_EQ(reporter.send(large).status, 303);
  EXPECT_EQ(clamd.scanned(), large);
}

TEST_F(Uploads, are_refused_rather_than_taken_unscanned) {
  reporter.file();
  const size_t before = sealed_files();
  intake().scanner = office().data() / "nobody";
  const Got refused = reporter.send("words");
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.text.find("scanner"), refused.text.npos);
  test::FakeClamd clamd(office().data() / "clamd");
  intake().scanner = clamd.socket();
  clamd.answer("INSTREAM size limit exceeded. ERROR");
  EXPECT_EQ(reporter.send("words").status, 503);
  EXPECT_EQ(sealed_files(), before);
}

TEST_F(Uploads, of_whoever_has_not_come_back_lead_to_the_receipt_code_whatever_their_size) {
  reporter.file();
  auto sending = reporter.begin(std::string(2 << 20, 'x'));
  EXPECT_TRUE(sending.is_wanted);
  office().clock.advance(minutes(31));
  auto late = reporter.begin(std::string(2 << 20, 'x'));
  EXPECT_FALSE(late.is_wanted) << "it is answered before it has come";
  const Got answer = reporter.end(std::move(late));
  EXPECT_EQ(answer.status, 303);
  EXPECT_TRUE(answer.headers.at("Location").starts_with("/report/return"));
}

TEST_F(Uploads, from_one_address_take_two_places_and_leave_the_rest_to_others) {
  reporter.file();
  std::vector<Reporter::Sending> sending;
  for (int i = 0; i < api::k_uploads_of_address; ++i) sending.push_back(reporter.begin("slow"));
  EXPECT_TRUE(sending.back().is_wanted);
  Reporter other(office(), "192.0.2.8");
  other.file();
  EXPECT_EQ(other.send("words").status, 303);
  const Got refused = reporter.send("one more");
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.text.find("Too many files"), refused.text.npos);
  sending.clear();
  EXPECT_EQ(reporter.send("words").status, 303) << "their places are given back";
}

TEST_F(Uploads, no_answer_of_the_server_itself_is_without_the_pages_header_fields) {
  api::ServerOptions options;
  office().app().api().prepare(options);
  options.body_timeout = milliseconds(200);
  auto server = api::HttpServer::start(options, [](const api::Request& request) {
    return office().app().api().handle(request);
  });
  ASSERT_TRUE(server);
  const auto ask = [&](const std::string& bytes) {
    test::RawConnection connection((*server)->port());
    connection.send(bytes);
    return connection.read_answer();
  };
  const std::string fields = "Host: x\r\nAccept-Language: en\r\n";
  const std::pair<int, std::string> asked[] = {
      {408, "POST /report/new HTTP/1.1\r\n" + fields + "Content-Length: 10\r\n\r\nslow"},
      {413, "POST /report/new HTTP/1.1\r\n" + fields + "Content-Length: 2000000\r\n\r\n"},
      {413, "POST /report/mine/file HTTP/1.1\r\n" + fields + "Content-Length: 200000000\r\n\r\n"},
      {431, "GET /report?lang=en HTTP/1.1\r\n" + fields + "X: " + std::string(40'000, 'x') + "\r\n\r\n"},
      {400, "GET /report/mine HTTP/1.1\r\nAccept-Language: en\r\n\r\n"},
  };
  for (const auto& [status, bytes] : asked) {
    const auto answer = ask(bytes);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.headers.at("content-type"), "text/html; charset=utf-8") << status;
    EXPECT_EQ(answer.headers.at("x-frame-options"), "DENY") << status;
    EXPECT_EQ(answer.headers.at("referrer-policy"), "same-origin") << status;
    EXPECT_NE(answer.body.find("<html lang=\"en\""), answer.body.npos) << answer.body;
  }
  const std::string type = ask("GET /api/v1/x HTTP/1.1\r\n\r\n").headers.at("content-type");
  EXPECT_TRUE(type.starts_with("application/problem+json")) << type;
}

TEST_F(Uploads, reports_of_one_address_are_bounded_by_the_hour) {
  Reporter eager(office(), "198.51.100.9");
  for (int i = 0; i < api::k_reports_of_address; ++i) ASSERT_EQ(eager.file().status, 201) << i;
  const Got refused = eager.file("category=no_permit&address=A&text=kept+words");
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.text.find("kept words"), refused.text.npos) << "nothing typed is lost";
  EXPECT_EQ(reporter.file().status, 201) << "others are not kept out";
  office().clock.advance(hours(1));
  EXPECT_EQ(eager.file().status, 201);
}

TEST_F(Uploads, a_question_is_asked_only_where_very_many_report) {
  office().clock.advance(hours(1));
  Reporter local(office(), "127.0.0.1");
  for (size_t i = 0; i < api::k_many_reports; ++i) ASSERT_EQ(local.file().status, 201) << i;
  const Got asked = local.file("category=no_permit&address=A&text=kept+words");
  EXPECT_EQ(asked.status, 422);
  EXPECT_NE(asked.text.find("kept words"), asked.text.npos);
  const std::string sum = test::answer_to_question(asked.text);
  ASSERT_NE(sum, "") << asked.text;
  const std::string fields = "category=no_permit&address=A&text=x&answer=";
  office().clock.advance(seconds(5));
  EXPECT_EQ(local.post("/report/new", fields + sum).status, 201);
  local.get("/report/new");
  office().clock.advance(seconds(5));
  EXPECT_EQ(local.post("/report/new", fields + "1").status, 422);
  office().clock.advance(hours(1));
  EXPECT_EQ(local.file().status, 201) << "no longer";
}

}  // namespace
}  // namespace sparkgate
