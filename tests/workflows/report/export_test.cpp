// One report for another authority: what is in it, who may, and that the report tells of it.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/command_line.h"
#include "tests/support/files.h"
#include "tests/support/intake_rig.h"
#include "workflows/evidence/archive.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

struct ReportExport : testing::Test {
  IntakeRig rig;

  void SetUp() override {
    if (!test::has_program("openssl")) GTEST_SKIP() << "there is no openssl command";
  }
  std::string path(const std::string& name) const { return (rig.folder.path() / name).string(); }

  // A certificate of a new key, as openssl makes it; valid on the rig's day, whatever today is.
  CmsRecipient recipient() {
    const auto made = test::run(
        "umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + path("key.pem") +
        " -out " + path("key.crt") + " -days 30 -subj '/CN=Receiving authority'");
    if (made.status != 0) throw std::runtime_error(made.output);
    return CmsRecipient::from_pem(test::content_of(path("key.crt")), SystemClock().wall()).value();
  }
  report::ExportProposal proposal() {
    return {rig.only_report(), rig.officers[0].unlocked.officer, recipient()};
  }
  // What the recipient makes of it.
  evidence::Files opened(const std::string& sealed) {
    test::write_file(path("sealed"), sealed);
    const auto ran = test::run("openssl cms -decrypt -inform DER -binary -in " + path("sealed") + " -inkey " +
                               path("key.pem") + " -recip " + path("key.crt") + " -out " + path("opened"));
    if (ran.status != 0) throw std::runtime_error(ran.output);
    return evidence::read_archive(test::content_of(path("opened"))).value();
  }
  void send_file(const report::Receipt& receipt, const std::string& bytes, const std::string& name) {
    const auto keys = rig.source.keys_of(receipt.code);
    const auto file = rig.source.begin_file(keys).value();
    NewFile out = rig.intake.files.begin(file.name).value();
    SealedFileWriter writer(file.key, file.place, [&](std::string_view sealed) { ASSERT_TRUE(out.write(sealed)); });
    writer.write(bytes), writer.finish();
    ASSERT_TRUE(out.keep());
    ASSERT_TRUE(rig.source.end_file(keys, file, {name, "image/jpeg", "jpeg", bytes.size(), {}}));
  }
  report::OfficerView view() { return rig.desk.read(rig.officers[0].unlocked, rig.only_report()).value(); }
};

TEST_F(ReportExport, holds_all_that_was_said_and_the_files_for_the_recipient_alone) {
  const auto receipt = rig.filed("车间里无证焊接");
  send_file(receipt, "a picture", "../../etc/passwd");
  ASSERT_TRUE(rig.desk.act(rig.officers[0].unlocked, rig.only_report(), {"acknowledge", "已受理", "疑似同一家"}));
  const std::string sealed = rig.desk.export_for(rig.officers[1].unlocked, proposal()).value();
  EXPECT_EQ(sealed.find("passwd"), std::string::npos);
  const auto files = opened(sealed);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files.at("files/1"), "a picture");
  const Json json = parse_json(files.at("report.json")).value();
  EXPECT_EQ(canonical(json), files.at("report.json"));
  ASSERT_EQ(json.at("said").size(), 4u);
  EXPECT_EQ(json.at("said").at(0).at("content").at("text"), "车间里无证焊接");
  EXPECT_EQ(json.at("said").at(1).at("file"), "files/1");
  EXPECT_EQ(json.at("said").at(1).at("content").at("name"), "../../etc/passwd");
  EXPECT_EQ(json.at("said").at(2).at("content").at("text"), "已受理");
  EXPECT_EQ(json.at("said").at(3).at("kind"), "note");
  EXPECT_EQ(json.at("steps").size(), 3u);
  EXPECT_EQ(json.at("unproven"), 0);
  EXPECT_EQ(json.at("exported").at("confirmed_by"), rig.officers[1].unlocked.officer);
  EXPECT_EQ(json.at("officers").at(rig.officers[0].unlocked.officer), "许静");
}

TEST_F(ReportExport, gives_no_key_of_ours_away) {
  const auto receipt = rig.filed();
  send_file(receipt, "a picture", "a.jpg");
  const auto files = opened(rig.desk.export_for(rig.officers[1].unlocked, proposal()).value());
  const std::string& json = files.at("report.json");
  EXPECT_EQ(json.find("\"key\""), std::string::npos);
  EXPECT_EQ(json.find("reading_key"), std::string::npos);
  for (const auto& said : view().said) {
    EXPECT_TRUE(said.file.empty() || json.find(said.file) == std::string::npos) << "the name of the sealed file";
  }
}

TEST_F(ReportExport, says_which_file_does_not_open_any_more) {
  send_file(rig.filed(), "a picture", "a.jpg");
  rig.intake.files.remove(view().said.at(1).file);
  const auto files = opened(rig.desk.export_for(rig.officers[1].unlocked, proposal()).value());
  EXPECT_EQ(files.size(), 1u);
  const Json json = parse_json(files.at("report.json")).value();
  EXPECT_EQ(json.at("said").at(1).at("unreadable"), true);
  EXPECT_FALSE(json.at("said").at(1).contains("file"));
}

TEST_F(ReportExport, is_told_of_in_the_report_by_whom_in_a_step_and_to_whom_under_seal) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.desk.export_for(rig.officers[1].unlocked, proposal()));
  const auto after = view();
  const report::Step& step = after.history.steps().back();
  EXPECT_EQ(step.event, "export");
  EXPECT_EQ(step.by, rig.officers[1].unlocked.officer);
  EXPECT_EQ(step.about, (Json{{"proposed_by", rig.officers[0].unlocked.officer}}));
  EXPECT_EQ(after.summary.report.state, "Received") << "a fact, which changes no state";
  EXPECT_EQ(after.said.back().kind, "note");
  EXPECT_EQ(after.said.back().content.at("text"), "CN=Receiving authority");
  EXPECT_EQ(after.unproven, 0);
  EXPECT_EQ(rig.source.look(rig.source.keys_of(receipt.code)).value().said.size(), 1u) << "the source is not told";
  rig.store->read([&](IntakeReader& reader) {
    for (const StoredStep& stored : reader.steps(after.summary.report.id)) {
      EXPECT_EQ(stored.text.find("Receiving"), std::string::npos);
    }
  });
}

TEST_F(ReportExport, is_done_by_nobody_alone_nor_by_whom_the_source_left_out) {
  rig.filed("举报罗知远的亲戚", {rig.officers[1].unlocked.officer});
  EXPECT_EQ(rig.act("export").error().code, Code::not_found) << "no act of one officer";
  EXPECT_EQ(rig.desk.export_for(rig.officers[1].unlocked, proposal()).error().code, Code::not_found);
  const auto next = view().next;
  EXPECT_EQ(std::find(next.begin(), next.end(), "export"), next.end());
  EXPECT_EQ(view().history.steps().size(), 1u);
}

}  // namespace
}  // namespace sparkgate
