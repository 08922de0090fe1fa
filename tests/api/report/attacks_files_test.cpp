// Files that mean harm, by what is in them, by their names, and by how they come.
#include <gtest/gtest.h>

#include <regex>

#include "engine/base/utf8.h"
#include "tests/support/files.h"
#include "tests/support/jpeg.h"
#include "tests/support/raw_http.h"
#include "tests/support/report_house.h"

namespace sparkgate {
namespace {

using test::ReportBrowser;
using test::ReportHouse;
using test::WebPage;

struct Hostile {
  std::string name, type, bytes;
};

// A stored member "evil" of so many zeros that says it is 4 GiB.
std::string zip_bomb() {
  std::string out = "PK\x03\x04\x14";
  out += std::string(9, '\0') + std::string("\x00\x00\x01\x00\xff\xff\xff\xff\x04\x00\x00\x00", 12) + "evil";
  return out + std::string(65536, '\0') + "PK\x05\x06" + std::string(18, '\0');
}

std::vector<Hostile> hostile_files() {
  test::Exif position;
  position.north_south = "N", position.east_west = "E";
  const std::string script = "<script>document.location='https://evil.example/'</script>";
  return {
      {"page.html", "text/html", "<!doctype html><title>x</title>" + script},
      {"picture.svg", "image/svg+xml",
       "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + script + "</svg>"},
      {"photo.gif", "image/gif", "GIF89a/*" + std::string(8, '\0') + "*/=1;alert('polyglot GIF and script')"},
      {"paper.pdf", "application/pdf", "%PDF-1.7\n1 0 obj<</Author(Zhang San of the third floor)>>endobj\n%%EOF\nPK"},
      {"bomb.zip", "application/zip", zip_bomb()},
      {"photo.jpg", "image/jpeg", "MZ" + std::string(200, '\x90') + "This program cannot be run in DOS mode"},
      {"two.jpg", "image/jpeg",
       test::with_exif(test::a_jpeg(64, 48, 7), position) + "PK\x03\x04 a JPEG that goes on as something else"},
      {"macro.docm", "application/vnd.ms-word", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 AutoOpen Shell(\"calc\")"},
      {"none", "", "no type at all, and then <?php system($_GET['c']); ?>"}};
}

std::string all_bytes_of(const std::filesystem::path& folder) {
  std::string out;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (item.is_regular_file()) out += test::content_of(item.path());
  }
  return out;
}

std::string header_of(const test::Got& got, const std::string& name) {
  const auto at = got.headers.find(name);
  return at == got.headers.end() ? "" : at->second;
}

TEST(AttackingFile, whatever_it_is_comes_back_to_officers_alone_as_bytes_and_is_never_shown_as_what_it_says) {
  ReportHouse house;
  ReportBrowser reporter = house.reporter("hostile files");
  const auto files = hostile_files();
  for (const Hostile& file : files) {
    const WebPage page = house.sent_file(reporter, file.name, file.type, file.bytes);
    EXPECT_EQ(page.status, 200) << file.name << page.body;
    EXPECT_NE(page.body.find(file.name), page.body.npos) << file.name;
  }
  const std::string id = text_of(house.report_of("hostile files"), "id");
  for (size_t i = 0; i < files.size(); ++i) {
    const auto got = house.officer("GET", "/reports/" + id + "/files/" + std::to_string(i + 1));
    EXPECT_TRUE(got.text == files[i].bytes) << files[i].name;
    EXPECT_EQ(header_of(got, "Content-Disposition"),
              "attachment; filename=\"report-file-" + std::to_string(i + 1) + "\"");
    EXPECT_EQ(header_of(got, "Content-Security-Policy"), "default-src 'none'; sandbox");
  }
  const std::string stored = all_bytes_of(house.intake_folder());
  for (const Hostile& file : files) {
    EXPECT_EQ(stored.find(file.bytes.substr(0, 40)), stored.npos) << file.name << " lies there in plain";
  }
  std::printf("%zu hostile files came back as bytes alone, %zu bytes of the intake searched\n", files.size(),
              stored.size());
}

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

// In the filename parameter, as a program would send them.
std::vector<std::string> hostile_names() {
  return {"../../../../../../var/evil",
          "..\\\\..\\\\evil.exe",
          "/etc/passwd",
          "C:\\\\Windows\\\\evil",
          "a/b/c",
          "..",
          ".",
          "",
          "%2e%2e%2fevil",
          "evil%00.jpg",
          "<script>alert(1)</script>.jpg",
          "<img src=x onerror=alert(1)>",
          "a&quot; onmouseover=&quot;alert(1)",
          "{{title}}{{{body}}}",
          "\u202Egpj.exe",
          "\u2066hidden\u2069.jpg",
          repeated("火", 70) + ".jpg",
          repeated("x", 199) + "火.jpg",
          repeated("x", 900),
          "report.new",
          "=cmd|' /C calc'!A0",
          "reports.db"};
}

TEST(AttackingFile, by_no_name_does_one_leave_its_folder_break_a_page_or_stop_the_service) {
  ReportHouse house;
  const std::regex random_name("[0-9a-f]{32}");
  size_t sent = 0, taken = 0;
  for (const std::string& name : hostile_names()) {
    ReportBrowser reporter = house.reporter("a name of " + std::to_string(sent++));
    const size_t before = house.files().size();
    const WebPage page = house.sent_file(reporter, name, "image/jpeg", "bytes");
    EXPECT_TRUE(page.status == 200 || page.status == 422) << page.status << " for " << name;
    taken += page.status == 200;
    EXPECT_EQ(house.files().size(), before + (page.status == 200)) << "what was refused is not kept: " << name;
    const bool deceives = name.find("\u202E") != name.npos || name.find("\u2066") != name.npos;
    EXPECT_EQ(page.status, deceives ? 422 : 200) << name;
    const WebPage mine = reporter.open("/report/mine");
    EXPECT_EQ(mine.status, 200) << name;
    EXPECT_TRUE(is_utf8(mine.body)) << name << " was cut within a character";
    for (const char* raw : {"<script", "<img", "onmouseover=\"", "\u202E", "\u2066", "\uFFFD"}) {
      EXPECT_EQ(mine.body.find(raw), mine.body.npos) << name;
    }
  }
  for (const auto& file : house.files()) {
    EXPECT_TRUE(std::regex_match(file.filename().string(), random_name)) << file;
    EXPECT_EQ(file.parent_path().filename().string(), file.filename().string().substr(0, 2));
    EXPECT_EQ(file.parent_path().parent_path(), house.intake_folder() / "files") << file;
  }
  EXPECT_EQ(house.reports().size(), sent);
  std::printf("%zu names tried, %zu files taken, each under a random name\n", sent, taken);
}

// Until it is so; the server sees a connection end in its own time.
template <class Wanted>
bool comes_true(Wanted is_so) {
  for (int tries = 0; tries < 200'000; ++tries) {
    if (is_so()) return true;
    std::this_thread::yield();
  }
  return false;
}

TEST(AttackingFile, cut_off_anywhere_or_too_slow_leaves_nothing_behind) {
  ReportHouse house(milliseconds(200));
  ReportBrowser reporter = house.reporter("cut off");
  reporter.open("/report/mine");
  house.wait();
  const std::string whole = reporter.upload_request("a.jpg", "image/jpeg", std::string(200'000, 'x'));
  constexpr size_t k_cuts = 30;
  size_t begun = 0;
  for (size_t i = 1; i <= k_cuts; ++i) {
    test::RawConnection sender(house.port());
    sender.send(std::string_view(whole).substr(0, whole.size() * i / (k_cuts + 1)));
    begun += comes_true([&] { return !house.files().empty(); });
    if (i % 3 == 0) sender.finish_sending();
    if (i != 1) continue;  // the more has come, the longer a slow line may take
    EXPECT_EQ(sender.read_answer().status, 408) << "it stalls";
  }
  EXPECT_TRUE(comes_true([&] { return house.files().empty(); }));
  EXPECT_EQ(begun, k_cuts);
  const std::string id = text_of(house.report_of("cut off"), "id");
  EXPECT_EQ(house.officer("GET", "/reports/" + id).body.at("said").size(), 1u) << "the report tells of no file";
  EXPECT_EQ(house.sent_file(reporter, "a.jpg", "image/jpeg", "whole").status, 200);
  EXPECT_EQ(house.files().size(), 1u);
  std::printf("%zu uploads cut off or stalled, none left a file\n", k_cuts);
}

TEST(AttackingFile, a_flood_of_uploads_takes_eight_slots_and_the_pages_stay_open) {
  ReportHouse house;
  ReportBrowser reporter = house.reporter("a flood");
  reporter.open("/report/mine");
  house.wait();
  const std::string whole = reporter.upload_request("a.jpg", "image/jpeg", std::string(100'000, 'x'));
  std::vector<test::RawConnection> senders;
  for (size_t i = 1; i <= 8; ++i) {
    senders.emplace_back(house.port()).send(std::string_view(whole).substr(0, whole.size() / 2));
    ASSERT_TRUE(comes_true([&] { return house.files().size() == i; }));
  }
  size_t turned_away = 0;
  for (int i = 0; i < 50; ++i) {
    test::RawConnection more(house.port());
    more.send(whole);
    turned_away += more.read_answer().status == 503;
  }
  EXPECT_EQ(turned_away, 50u);
  EXPECT_EQ(house.files().size(), 8u);
  house.reporter("filed beside a flood");
  EXPECT_EQ(house.browser().open("/report/return").status, 200);
  for (auto& sender : senders) {
    sender.send(std::string_view(whole).substr(whole.size() / 2));
    EXPECT_EQ(sender.read_answer().status, 303);
  }
  EXPECT_EQ(house.files().size(), 8u);
  std::printf("8 uploads taken at once, %zu more turned away, pages open meanwhile\n", turned_away);
}

// All of them began when there was room for one more.
TEST(AttackingFile, no_report_gets_more_than_ten_however_many_come_at_once) {
  ReportHouse house;
  ReportBrowser reporter = house.reporter("ten files");
  for (int i = 0; i < 9; ++i) ASSERT_EQ(house.sent_file(reporter, "a.jpg", "image/jpeg", "bytes").status, 200);
  reporter.open("/report/mine");
  house.wait();
  const std::string whole = reporter.upload_request("a.jpg", "image/jpeg", std::string(1000, 'x'));
  std::vector<test::RawConnection> senders;
  for (size_t i = 1; i <= 4; ++i) {
    senders.emplace_back(house.port()).send(std::string_view(whole).substr(0, whole.size() - 10));
    ASSERT_TRUE(comes_true([&] { return house.files().size() == 9 + i; }));
  }
  int taken = 0;
  for (auto& sender : senders) {
    sender.send(std::string_view(whole).substr(whole.size() - 10));
    taken += sender.read_answer().status == 303;
  }
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(house.files().size(), 10u) << "what a report does not tell of is not kept";
}

}  // namespace
}  // namespace sparkgate
