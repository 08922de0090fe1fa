// Backups of a service that runs, and the way back: whole, of one moment, and checked.
#include "admin/backup.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <sstream>
#include <thread>

#include "admin/app.h"
#include "admin/backup_command.h"
#include "admin/demo.h"
#include "engine/store/sqlite/sqlite_scan.h"
#include "tests/support/fake_clock.h"
#include "tests/support/files.h"
#include "tests/support/jpeg.h"
#include "tests/support/temp_folder.h"

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;
using test::FakeClock;
using test::TempFolder;

// A town's service on data of its own.
struct Site {
  TempFolder data, backups;
  FakeClock clock;
  test::SeededRandom random{7};
  std::unique_ptr<App> app;

  Site() {
    app = open(data.path());
    const auto loaded = load_demo(*app, "a demo password");
    if (!loaded) throw std::runtime_error(describe(loaded.error()));
  }
  Result<std::unique_ptr<App>> try_open(const fs::path& folder) {
    App::Options options;
    options.data = folder;
    options.backups = backups.path();
    options.run_timers = false;
    return App::open(options, clock, random);
  }
  std::unique_ptr<App> open(const fs::path& folder) {
    auto opened = try_open(folder);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    return std::move(*opened);
  }
  Result<Receipt> register_unit(int number) {
    Command command;
    command.workflow = "area";
    command.event = "register";
    command.actor = system_actor();
    command.payload = {{"code", "500230111202-" + std::to_string(100 + number)},
                       {"parent", "500230111202"},
                       {"name", "网格"},
                       {"level", "grid"}};
    clock.advance(milliseconds(1));
    return app->engine().execute(command);
  }
  Result<Json> back_up(const std::string& name, bool with_keys = false) {
    return make_backup({data.path(), backups.path() / name, true, with_keys}, clock, [](std::string_view, int) {});
  }
  StoredLog log() { return app->engine().read()->logs().back(); }
};

StoredLog log_in(const fs::path& folder) {
  const auto scans = SqliteScans::open(folder);
  if (!scans) throw std::runtime_error(describe(scans.error()));
  return scans->scan()->reader().logs().back();
}

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : std::string(refusal_row(result.error().code).name);
}

TEST(Backup, a_backup_of_a_running_service_is_whole_and_restores_to_the_same) {
  Site site;
  const std::string photo = test::a_jpeg();
  ASSERT_TRUE(site.app->api().photos().keep(photo, "somebody"));
  const auto made = site.back_up("one");
  ASSERT_TRUE(made) << describe(made.error());
  EXPECT_EQ(made->at("problems"), 0);
  EXPECT_EQ(made->at("log").at("size"), site.log().size);
  EXPECT_EQ(text_of(made->at("log"), "root"), hex(site.log().root));
  EXPECT_EQ(made->at("entries").get<uint64_t>(), site.log().size);
  TempFolder target;
  const auto restored = restore_backup(site.backups.path() / "one", target.path() / "data");
  ASSERT_TRUE(restored) << describe(restored.error());
  EXPECT_EQ(restored->problems, 0);
  EXPECT_EQ(log_in(target.path() / "data").root, site.log().root);
  const std::string name = hex(sha256(photo));
  EXPECT_EQ(test::content_of(target.path() / "data" / "files" / name.substr(0, 2) / name), photo);
  EXPECT_FALSE(fs::exists(target.path() / "data" / "keys")) << "keys are not in a backup unless they are asked for";
}

// Every copy under load is a prefix of the log: nothing that was acknowledged before is missing, nothing is half there.
TEST(Backup, under_load_each_backup_holds_all_that_was_acknowledged_before) {
  Site site;
  std::atomic<bool> stops = false;
  std::atomic<uint64_t> acknowledged = site.log().size;
  std::thread load([&] {
    for (int number = 0; !stops; ++number) {
      if (site.register_unit(number)) ++acknowledged;
    }
  });
  for (const char* name : {"a", "b", "c"}) {
    const uint64_t before = acknowledged;
    const auto made = site.back_up(name);
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_EQ(made->at("problems"), 0);
    EXPECT_GE(made->at("log").at("size").get<uint64_t>(), before);
  }
  stops = true;
  load.join();
  EXPECT_GT(acknowledged, site.log().size / 2) << "there was load";
}

TEST(Backup, with_its_keys_a_restored_service_goes_on_and_without_them_it_says_so) {
  Site site;
  ASSERT_TRUE(site.back_up("with", true));
  ASSERT_TRUE(site.back_up("without"));
  TempFolder target;
  ASSERT_TRUE(restore_backup(site.backups.path() / "with", target.path() / "with"));
  ASSERT_TRUE(restore_backup(site.backups.path() / "without", target.path() / "without"));
  site.app.reset();
  site.app = site.open(target.path() / "with");
  EXPECT_TRUE(site.register_unit(1));
  EXPECT_FALSE(site.app->engine().log_obstacle().has_value());
  EXPECT_EQ(code_of(site.try_open(target.path() / "without")), "key_unreadable");
}

TEST(Backup, restoring_refuses_a_folder_in_use_and_a_backup_that_was_altered) {
  Site site;
  ASSERT_TRUE(site.back_up("one"));
  const fs::path one = site.backups.path() / "one";
  TempFolder target;
  EXPECT_EQ(code_of(restore_backup(one, site.data.path())), "folder_not_empty");
  EXPECT_EQ(code_of(site.back_up("one")), "folder_not_empty");
  std::string bytes = test::content_of(one / "sparkgate.db");
  bytes[bytes.size() / 2] ^= 1;
  test::write_file(one / "sparkgate.db", bytes);
  EXPECT_EQ(code_of(restore_backup(one, target.path() / "x")), "backup_broken");
  Json manifest = read_manifest(one).value();
  manifest["files"]["../escaped"] = {{"sha256", ""}, {"bytes", 0}};
  test::write_file(one / "manifest.json", manifest.dump());
  EXPECT_EQ(code_of(restore_backup(one, target.path() / "y")), "backup_broken");
  test::write_file(one / "manifest.json", "{");
  EXPECT_EQ(code_of(restore_backup(one, target.path() / "z")), "backup_broken");
  EXPECT_EQ(code_of(restore_backup(target.path() / "none", target.path() / "z")), "backup_broken");
}

TEST(Backup, the_commands_say_what_was_done_and_what_is_missing) {
  Site site;
  const fs::path to = site.backups.path() / "one";
  TempFolder target;
  std::ostringstream out, err;
  EXPECT_EQ(backup_command({site.data.path(), to}, out, err), 0) << err.str();
  EXPECT_EQ(restore_command(to, target.path() / "data", out, err), 0) << err.str();
  EXPECT_NE(out.str().find("sparkgate.local, " + std::to_string(site.log().size)), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("log continue"), std::string::npos);
  EXPECT_EQ(restore_command(to, target.path() / "data", out, err), 1);
  EXPECT_NE(err.str(), "");
}

// A clock that holds whoever makes the backup until the test lets go.
class HeldClock final : public Clock {
 public:
  explicit HeldClock(const Clock& clock) : clock_(clock) {}
  Time wall() const override {
    if (std::this_thread::get_id() != owner_) gate_.wait();
    return clock_.wall();
  }
  milliseconds steady() const override { return clock_.steady(); }
  void let_go() { gate_.count_down(); }

 private:
  const Clock& clock_;
  const std::thread::id owner_ = std::this_thread::get_id();
  mutable std::latch gate_{1};
};

TEST(Backups, one_at_a_time_in_the_background_and_listed_with_what_became_of_it) {
  Site site;
  HeldClock clock(site.clock);
  Backups backups(site.data.path(), site.backups.path(), clock, [](const std::string&) {});
  const auto started = backups.start({});
  ASSERT_TRUE(started) << describe(started.error());
  EXPECT_EQ(started->at("state"), "running");
  EXPECT_EQ(code_of(backups.start({})), "backup_running");
  clock.let_go();
  while (backups.list().at("items").at(0).at("state") == "running") std::this_thread::yield();
  const Json done = backups.list().at("items").at(0);
  EXPECT_EQ(done.at("state"), "done") << done.dump();
  EXPECT_EQ(done.at("name"), "sparkgate-20260302T010000Z");
  EXPECT_EQ(done.at("problems"), 0);
  EXPECT_EQ(done.at("log").at("size"), site.log().size);
  EXPECT_GT(done.at("bytes").get<int64_t>(), 0);
  Backups later(site.data.path(), site.backups.path(), site.clock, [](const std::string&) {});
  EXPECT_EQ(later.list().at("items").at(0).at("state"), "done") << "also after a restart";
}

TEST(Backups, one_that_fails_says_why) {
  Site site;
  TempFolder empty;
  Backups backups(empty.path(), site.backups.path(), site.clock, [](const std::string&) {});
  ASSERT_TRUE(backups.start({}));
  while (backups.list().at("items").at(0).at("state") == "running") std::this_thread::yield();
  const Json item = backups.list().at("items").at(0);
  EXPECT_EQ(item.at("state"), "failed");
  EXPECT_EQ(text_of(item.at("reason"), "code"), "file_unreadable");
}

TEST(Backups, without_a_folder_there_are_none) {
  Site site;
  Backups backups(site.data.path(), "", site.clock, [](const std::string&) {});
  EXPECT_EQ(code_of(backups.start({})), "backups_off");
  EXPECT_EQ(backups.list(), Json({{"directory_set", false}, {"items", Json::array()}}));
}

}  // namespace
}  // namespace sparkgate::admin
