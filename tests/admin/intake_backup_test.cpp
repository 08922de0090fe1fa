// Public reports in backups, without what must lie elsewhere; and what fsck finds of them, sealed as they are.
#include <gtest/gtest.h>

#include <sstream>

#include "admin/backup.h"
#include "admin/backup_command.h"
#include "admin/demo.h"
#include "admin/fsck.h"
#include "admin/intake_command.h"
#include "admin/intake_keeper.h"
#include "certs/sealed_file.h"
#include "engine/base/codes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/files.h"
#include "tests/support/raw_database.h"
#include "tests/support/temp_folder.h"
#include "workflows/report/source_desk.h"

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;

void must(const Result<void>& done) {
  if (!done) throw std::runtime_error(describe(done.error()));
}

// A service with officers, two reports of two days, one with a file, and the first day told to the log.
struct Site {
  test::TempFolder folder;
  const fs::path data = folder.path() / "data", backup = folder.path() / "backup";
  test::FakeClock clock;
  test::SeededRandom random{7};
  std::unique_ptr<App> app;
  std::vector<report::Receipt> receipts;

  Site() {
    app = open(data).value();
    const auto accounts = load_demo(*app, "a demo password").value();
    must(open_demo_intake(*app, accounts, data));
    file_report();
    send_file();
    clock.advance(hours(24));
    must(keep_reports(intake(), app->engine()));
    file_report();
  }
  Result<std::unique_ptr<App>> open(const fs::path& where) {
    App::Options options;
    options.data = where;
    options.run_timers = false;
    return App::open(options, clock, random);
  }
  report::Intake& intake() { return app->intake().intake(); }
  void file_report() {
    receipts.push_back(report::SourceDesk(intake()).file({"no_permit", "", "东门", "", "无证焊接", {}}).value());
  }
  void send_file() {
    report::SourceDesk desk(intake());
    const SourceKeys keys = desk.keys_of(receipts[0].code);
    const auto key = desk.begin_file(keys).value();
    std::string sealed;
    SealedFileWriter writer(key.key, key.place, [&](std::string_view bytes) { sealed.append(bytes); });
    writer.write("a file's words");
    writer.finish();
    must(intake().files.put(key.name, sealed));
    must(desk.end_file(keys, key, {"a.txt", "text/plain", "text", 14, sha256(sealed)}));
  }
  Json back_up(bool with_files = true) {
    fs::remove_all(backup);
    return make_backup({data, backup, with_files, false}, clock, [](std::string_view, int) {}).value();
  }
  fs::path restored() {
    const fs::path to = folder.path() / "restored";
    fs::remove_all(to);
    EXPECT_EQ(restore_backup(backup, to).value().problems, 0);
    fs::copy(data / "keys", to / "keys", fs::copy_options::recursive);
    return to;
  }
  std::string read_by_code(const fs::path& where, size_t which) {
    const auto other = open(where);
    if (!other) return std::string(refusal_row(other.error().code).name);
    report::SourceDesk desk((*other)->intake().intake());
    const auto seen = desk.look(desk.keys_of(receipts[which].code));
    return seen ? text_of(seen->said.at(0).content, "text") : std::string(refusal_row(seen.error().code).name);
  }
};

// One for all tests that leave it as it is: making it costs seconds of passphrases.
Site& shared_site() {
  static Site site;
  return site;
}

TEST(IntakeBackup, holds_what_is_sealed_and_neither_pepper_nor_lead_key_nor_epoch) {
  Site& site = shared_site();
  const Json made = site.back_up();
  EXPECT_EQ(made.at("problems"), 0);
  EXPECT_TRUE(made.at("files").contains("intake/reports.db"));
  EXPECT_TRUE(made.at("files").contains("intake/lead.pub"));
  size_t sealed = 0;
  for (const auto& [name, about] : made.at("files").items()) sealed += name.starts_with("intake/files/") ? 1 : 0;
  EXPECT_EQ(sealed, 1u);
  for (const char* name : {"pepper", "lead.pem", "roster_epoch"}) {
    ASSERT_TRUE(fs::exists(site.data / "intake" / name)) << name;
    EXPECT_FALSE(fs::exists(site.backup / "intake" / name)) << name;
  }
  const std::string pepper = test::content_of(site.data / "intake" / "pepper").substr(0, 64);
  for (const auto& file : fs::recursive_directory_iterator(site.backup)) {
    if (file.is_regular_file()) EXPECT_EQ(test::content_of(file.path()).find(pepper), std::string::npos) << file.path();
  }
  EXPECT_EQ(site.back_up(false).at("problems"), 0) << "without files, which nobody expects then";
  EXPECT_FALSE(fs::exists(site.backup / "intake" / "files"));
}

TEST(IntakeBackup, restored_with_the_pepper_opens_to_receipt_codes_and_without_it_not_at_all) {
  Site& site = shared_site();
  site.back_up();
  const fs::path to = site.restored(), pepper = to / "intake" / "pepper";
  EXPECT_EQ(site.read_by_code(to, 0), "pepper_missing");
  EXPECT_FALSE(fs::exists(pepper)) << "none is made in its stead";
  test::write_file(pepper, std::string(64, '0') + "\n");
  EXPECT_EQ(site.read_by_code(to, 0), "pepper_missing") << "another one";
  test::write_file(pepper, site.app->intake().pepper_text() + "\n");
  EXPECT_EQ(site.read_by_code(to, 0), "无证焊接");
  EXPECT_EQ(site.read_by_code(to, 1), "无证焊接");
  fs::remove(pepper);
  std::ostringstream out, err;
  IntakeOptions options;
  options.data = to.string();
  ASSERT_EQ(intake_new_pepper(options, out, err), 0) << err.str();
  EXPECT_EQ(site.read_by_code(to, 0), "receipt_unknown") << "given up, with all codes";
}

TEST(IntakeBackup, a_pepper_that_is_not_lost_is_given_up_only_where_that_is_said) {
  Site& site = shared_site();
  site.back_up();
  const fs::path to = site.restored(), pepper = to / "intake" / "pepper";
  test::write_file(pepper, site.app->intake().pepper_text() + "\n");
  std::ostringstream out, err;
  IntakeOptions options;
  options.data = to.string();
  EXPECT_NE(intake_new_pepper(options, out, err), 0);
  EXPECT_NE(err.str().find("--lose"), std::string::npos) << err.str();
  EXPECT_EQ(site.read_by_code(to, 0), "无证焊接") << "nothing was changed";
  const std::string digits = site.app->intake().pepper_text();
  for (const std::string& written : {digits, digits + "\r\n"}) {
    test::write_file(pepper, written);
    EXPECT_NE(intake_new_pepper(options, out, err), 0) << "the digits tell, not how the line ends";
    EXPECT_EQ(site.read_by_code(to, 0), "无证焊接");
  }
  fs::permissions(pepper, fs::perms::others_read, fs::perm_options::add);
  EXPECT_NE(intake_new_pepper(options, out, err), 0) << "not lost, though it cannot be used as it is";
  EXPECT_EQ(test::content_of(pepper), digits + "\r\n");
  options.lose = true;
  EXPECT_EQ(intake_new_pepper(options, out, err), 0) << err.str();
  EXPECT_EQ(site.read_by_code(to, 0), "receipt_unknown");
}

TEST(IntakeBackup, the_pepper_is_shown_where_it_is_asked_for_and_a_restore_asks_for_it) {
  Site& site = shared_site();
  site.back_up();
  std::ostringstream restored, err;
  const fs::path to = site.folder.path() / "said";
  EXPECT_EQ(restore_command(site.backup.string(), to.string(), restored, err), 0) << err.str();
  EXPECT_NE(restored.str().find((to / "intake" / "pepper").string()), std::string::npos) << restored.str();
  const std::string pepper = site.app->intake().pepper_text();
  fs::copy(site.data / "keys", to / "keys", fs::copy_options::recursive);
  test::write_file(to / "intake" / "pepper", pepper + "\n");
  IntakeOptions options;
  options.data = to.string();
  std::ostringstream quiet, told;
  ASSERT_EQ(intake_status(options, quiet, err), 0) << err.str();
  EXPECT_EQ(quiet.str().find(pepper), std::string::npos);
  options.pepper = true;
  ASSERT_EQ(intake_status(options, told, err), 0) << err.str();
  EXPECT_NE(told.str().find(pepper), std::string::npos);
}

TEST(IntakeKeeper, removes_nothing_by_a_clock_that_jumped) {
  Site site;
  must(site.intake().files.put("0123orphan", "sealed"));
  site.clock.jump(hours(24 * 400));
  Command command;
  command.workflow = "area", command.event = "register", command.actor = system_actor();
  ASSERT_EQ(site.app->engine().execute(command).error().code, Code::clock_suspect);
  must(keep_reports(site.intake(), site.app->engine()));
  EXPECT_TRUE(site.intake().files.written("0123orphan"));
}

struct Tamper {
  const char* sql;
  const char* fault;
};

TEST(IntakeFsck, finds_each_thing_that_does_not_agree) {
  Site& site = shared_site();
  site.back_up();
  const Tamper tampers[] = {
      {"DELETE FROM items WHERE sequence = 0", "report_items_differ"},
      {"UPDATE items SET body = x'00'", "report_items_differ"},
      {"UPDATE reports SET state = 'Closed'", "report_steps_differ"},
      {"DELETE FROM steps WHERE sequence = 0", "report_steps_differ"},
      {"UPDATE steps SET text = 'x' WHERE sequence = 0", "report_steps_differ"},
      {"UPDATE steps SET text = replace(text, '\"sequence\":0', '\"sequence\":7')", "report_steps_differ"},
      {"UPDATE rosters SET signature = zeroblob(64)", "roster_unverified"},
      {"UPDATE days SET root = zeroblob(32)", "reports_day_differs"},
      {"DELETE FROM days", "reports_day_untold"},
  };
  const auto faults = [](const fs::path& where) {
    std::string out;
    const auto report = check_data({where, where / "high_water", {}}).value();
    for (const fsck::Problem& problem : report->problems()) {
      out += std::string(fsck::all_faults()[static_cast<size_t>(problem.fault)].name) + " ";
    }
    return out;
  };
  EXPECT_EQ(faults(site.restored()), "");
  for (const auto& [sql, fault] : tampers) {
    const fs::path to = site.restored();
    test::RawDatabase(to / "intake" / "reports.db").run(sql);
    EXPECT_NE(faults(to).find(std::string(fault) + " "), std::string::npos) << sql << ": " << faults(to);
  }
  const fs::path to = site.restored();
  fs::remove_all(to / "intake" / "files");
  EXPECT_EQ(faults(to), "report_file_missing ");
  const fs::path without = site.restored();
  fs::remove_all(without / "intake");
  EXPECT_EQ(faults(without), "reports_damaged ") << "the log tells that there were days of it";
  const fs::path damaged = site.restored();
  std::fstream file(damaged / "intake" / "reports.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(4096, '\xff');
  file.close();
  EXPECT_NE(faults(damaged).find("reports_damaged "), std::string::npos) << faults(damaged);
}

}  // namespace
}  // namespace sparkgate::admin
