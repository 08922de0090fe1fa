// After everything that can happen to a report has happened, nothing of it lies anywhere in plain: database,
// write-ahead log, sealed files, main log, backup, temporary files, what was printed.
#include <gtest/gtest.h>

#include <algorithm>

#include "admin/backup.h"
#include "tests/support/files.h"
#include "tests/support/report_house.h"
#include "tests/support/secret_search.h"
#include "workflows/report/officers.h"

namespace sparkgate {
namespace {

using test::ReportBrowser;
using test::ReportHouse;
using test::SecretSearch;

const std::string k_words = "二楼夜里无证焊接的原话", k_place = "农贸市场东门第三间", k_when = "每晚十点三刻左右";
const std::string k_answer = "the words of an answer", k_file = "the bytes of a photograph", k_name = "IMG_telling.jpg";
const std::string k_question = "the question of an officer", k_note = "a note among officers",
                  k_outcome = "属实已责令停工整改";
const std::string k_objection = "the words of an objection", k_refused = "words of a form that was refused";
const std::string k_passphrase = "a passphrase of its own", k_next_passphrase = "the passphrase after it";

std::string without_dashes(std::string code) {
  std::erase(code, '-');
  return code;
}

// From form to reward, objection and closure; what must be found nowhere is told to `search`.
void live_through(ReportHouse& house, SecretSearch& search) {
  ReportBrowser reporter = house.browser();
  reporter.open("/report/new");
  reporter.post("/report/new", {{"category", "other"}, {"address", k_place}, {"text", k_refused}});  // too fast
  house.wait();
  const auto receipt = reporter.post(
      "/report/new", {{"category", "no_permit"}, {"address", k_place}, {"when", k_when}, {"text", k_words}});
  const std::string code = test::code_on(receipt.body);
  ASSERT_EQ(receipt.status, 201);
  search.seek("the receipt code", code);
  search.seek("the receipt code in one piece", without_dashes(code));
  ASSERT_EQ(house.sent_file(reporter, k_name, "image/jpeg", k_file).status, 200);
  const std::string id = text_of(house.report_of(k_words), "id");
  const auto act = [&](const std::string& event, const Json& body) {
    const auto got = house.officer("POST", "/reports/" + id + "/" + event, body);
    ASSERT_EQ(got.status, 204) << event << got.text;
  };
  const auto say = [&](const std::string& event, const test::FormFields& fields) {
    reporter.open("/report/mine");
    house.wait();
    ASSERT_EQ(reporter.post("/report/mine/" + event, fields).status, 200) << event;
  };
  act("acknowledge", {{"text", k_question}, {"note", k_note}});
  say("answer", {{"text", k_answer}});
  act("triage", Json::object());
  act("assign", {{"details", {{"officer", house.officer("GET", "").body.at("officer")}}}});
  act("hand_off", {{"note", k_note}, {"details", {{"area", "500230111201-01"}, {"address", k_place}}}});  // it waits
  for (const char* event : {"investigate", "substantiate"}) act(event, Json::object());
  act("give_feedback", {{"text", k_outcome}});
  say("claim_reward", {});
  ASSERT_EQ(house.officer("GET", "/reports/" + id + "/files/1").text, k_file);
  for (const auto& [name, value] : reporter.cookies) search.seek("the cookie " + name, value);
  reporter.post("/report/leave", {});
  ReportBrowser back = house.browser();
  back.open("/report/return");
  house.wait();
  ASSERT_EQ(back.post("/report/return", {{"receipt", code}}).status, 200);
  back.open("/report/mine");
  house.wait();
  ASSERT_EQ(back.post("/report/mine/object", {{"text", k_objection}}).status, 200);
}

// Another officer's keys: enrolled, recovered, with another passphrase.
void change_keys(ReportHouse& house, SecretSearch& search) {
  report::Officers officers(house.service.app().intake().intake());
  const auto enrolled = officers.enrol("an-account", "新来的", k_passphrase);
  ASSERT_TRUE(enrolled);
  const std::string recovery(enrolled->recovery.text().view());
  search.seek("the recovery key", recovery);
  search.seek("the recovery key in one piece", without_dashes(recovery));
  ASSERT_TRUE(officers.recover("an-account", recovery, k_next_passphrase));
  const auto unlocked = officers.unlock("an-account", k_next_passphrase);
  ASSERT_TRUE(unlocked);
  search.seek("a reading secret", hex(unlocked->keys.reading.secret().view()));
  search.seek("a signing secret", hex(unlocked->keys.signing.secret().view()));
}

void seek_words(SecretSearch& search) {
  for (const std::string* words : {&k_words, &k_place, &k_when, &k_answer, &k_file, &k_name, &k_question, &k_note,
                                   &k_outcome, &k_objection, &k_refused, &k_passphrase, &k_next_passphrase}) {
    search.seek(*words, *words);
  }
  search.seek("the reporter's address", "127.0.0.1");
  search.seek("the officers' passphrase", test::k_demo_password);
}

// What is written anywhere, but for what this machine's other programs write, lies in a temporary folder of its own.
class OwnTemporary {
 public:
  OwnTemporary() { ::setenv("TMPDIR", folder_.path().c_str(), 1); }
  OwnTemporary(const OwnTemporary&) = delete;
  ~OwnTemporary() { ::setenv("TMPDIR", before_.c_str(), 1); }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  const std::filesystem::path before_ = std::filesystem::temp_directory_path();
  const test::TempFolder folder_;
};

void search_core_files(SecretSearch& search) {
  for (const auto& item : std::filesystem::directory_iterator(std::filesystem::current_path())) {
    if (item.path().filename().string().starts_with("core")) search.file(item.path());
  }
}

TEST(IntakeSearch, finds_nothing_of_a_report_anywhere_after_its_whole_life) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  SecretSearch search;
  {
    const OwnTemporary temporary;
    ReportHouse house;
    seek_words(search);
    live_through(house, search);
    change_keys(house, search);
    const test::TempFolder backup;
    const SystemClock clock;
    const auto made = admin::make_backup({house.service.data(), backup.path(), true, true}, clock, [](auto, int) {});
    EXPECT_TRUE(made) << describe(made.error());
    search.folder(temporary.path());  // the data and the backup among it
    search.text("the log", house.service.log());
    search_core_files(search);
  }
  search.text("standard output", testing::internal::GetCapturedStdout());
  search.text("standard error", testing::internal::GetCapturedStderr());
  std::printf("%zu secrets in %zu forms, searched for in %zu places of %zu bytes\n", search.secrets(), search.forms(),
              search.places, search.bytes);
  for (const std::string& finding : search.found) ADD_FAILURE() << finding;
  EXPECT_GT(search.bytes, 100'000u);
}

TEST(IntakeSearch, would_find_a_secret_in_each_of_its_forms_among_other_bytes) {
  const std::string secret = "原话 and words";
  const auto forms = test::forms_of(secret);
  EXPECT_GE(forms.size(), 10u);
  for (const std::string& form : forms) {
    SecretSearch search;
    search.seek("it", secret);
    search.text("here", "before" + form + "behind");
    EXPECT_EQ(search.found, std::vector<std::string>{"it in here"}) << form;
  }
  for (size_t before = 0; before < 6; ++before) {
    SecretSearch search;
    search.seek("it", secret);
    search.text("base64", base64(std::string(before, '!') + secret + "!!"));
    EXPECT_EQ(search.found.size(), 1u) << before;
  }
}

}  // namespace
}  // namespace sparkgate
