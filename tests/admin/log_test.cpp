// The log's own instance and its keys.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <sstream>

#include "admin/log_command.h"
#include "engine/heads.h"
#include "tests/support/service.h"
#include "workflows/log/workflow.h"

namespace sparkgate {
namespace {

Instance log_of_the(test::Service& service, const std::string& origin = "sparkgate.local") {
  auto reader = service.app().engine().read();
  return *log::log_instance(ReaderView(*reader), origin);
}

TEST(LogKeeper, the_log_s_first_entry_says_which_log_it_is) {
  test::Service& service = test::shared_service();
  auto reader = service.app().engine().read();
  const Json first = Json::parse(reader->entry_bytes(0, 1).at(0));
  EXPECT_EQ(first["workflow"], "log");
  EXPECT_EQ(first["type"], "open");
  EXPECT_EQ(log_of_the(service).data.at("origin"), "sparkgate.local");
  EXPECT_EQ(Json::parse(reader->entry_bytes(1, 2).at(0))["type"], "record_heads") << "from its first day on";
}

TEST(LogKeeper, heads_are_recorded_every_hour_in_which_something_happened) {
  test::Service service;
  Engine& engine = service.app().engine();
  const auto record = [&] { return admin::record_heads(engine).value(); };
  EXPECT_FALSE(record()) << "the log was opened just now";
  service.clock.advance(hours(1));
  EXPECT_TRUE(record());
  const Json heads = log_of_the(service).data.at("heads");
  auto reader = engine.read();
  const StoredLog stored = reader->logs().back();
  EXPECT_EQ(heads["at_size"], stored.size - 1) << "all but the entry that records them";
  const HeadsTree tree = HeadsTree::read(*reader, stored, heads["at_size"]);
  EXPECT_EQ(hex(tree.root()), heads["root"]);
  EXPECT_EQ(tree.slots(), heads["slots"]);
  EXPECT_FALSE(record());
  service.clock.advance(hours(2));
  EXPECT_FALSE(record()) << "nothing happened but the recording itself";
}

TEST(LogKeeper, nobody_from_outside_writes_into_the_log_s_instance) {
  test::Service& service = test::shared_service();
  const std::string id = log_of_the(service).id;
  for (const std::string login : {"admin", "auditor"}) {
    EXPECT_EQ(service.ask({"POST", "/api/v1/logs", login, {{"origin", "x"}}}).code(), "role_required");
    EXPECT_EQ(service.ask({"POST", "/api/v1/logs/" + id + "/close", login, {{"by", "x"}}}).code(), "role_required");
    EXPECT_EQ(service.ask({"GET", "/api/v1/logs/" + id, login}).status, 200);
  }
  EXPECT_EQ(service.ask({"GET", "/api/v1/logs/" + id, "applicant"}).status, 404);
}

struct Folder {
  test::TempFolder temp;
  test::FakeClock clock;
  SystemRandom random;
  admin::App::Options options = [this] {
    admin::App::Options out;
    out.data = temp.path() / "data";
    out.run_timers = false;
    return out;
  }();
  Result<std::unique_ptr<admin::App>> open() { return admin::App::open(options, clock, random); }
  std::string refusal() {
    const auto app = open();
    return app ? "" : std::string(refusal_row(app.error().code).name);
  }
};

TEST(LogKeys, a_key_is_made_at_the_first_start_for_its_owner_alone_and_used_ever_after) {
  Folder folder;
  const std::string first = folder.open().value()->log_keys().vkeys("sparkgate.local");
  struct stat about {};
  const auto file = folder.options.data / "keys" / "log.pem";
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(folder.open().value()->log_keys().vkeys("sparkgate.local"), first);
  EXPECT_EQ(first.find("sparkgate.local+"), 0u);
}

TEST(LogKeys, a_lost_key_is_not_replaced_and_another_is_refused) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  const auto file = folder.options.data / "keys" / "log.pem";
  std::filesystem::remove(file);
  EXPECT_EQ(folder.refusal(), "key_unreadable");
  EXPECT_FALSE(std::filesystem::exists(file));
  ASSERT_TRUE(PrivateKey::generate(KeyType::ed25519).save(file));
  EXPECT_EQ(folder.refusal(), "log_key_other");
}

TEST(LogKeys, an_sm2_key_signs_beside_the_other) {
  Folder folder;
  const auto file = folder.temp.path() / "sm2.pem";
  ASSERT_TRUE(PrivateKey::generate(KeyType::sm2).save(file));
  folder.options.log_keys.sm2_key = file.string();
  auto app = folder.open();
  ASSERT_TRUE(app) << describe(app.error());
  const auto note = parse_note((*app)->engine().latest_checkpoint()->note);
  ASSERT_EQ(note->signatures.size(), 2u);
  EXPECT_EQ((*app)->engine().log_obstacle(), std::nullopt);
}

TEST(LogKeys, a_key_of_another_type_is_refused) {
  Folder folder;
  const auto file = folder.temp.path() / "key.pem";
  ASSERT_TRUE(PrivateKey::generate(KeyType::p256).save(file));
  folder.options.log_keys.key = file.string();
  EXPECT_EQ(folder.refusal(), "key_invalid");
}

TEST(LogKeys, an_origin_that_no_signature_can_name_is_refused) {
  for (const char* origin : {"", "a b", "a+b", "a\nb"}) {
    Folder folder;
    folder.options.origin = origin;
    EXPECT_EQ(folder.refusal(), "origin_invalid") << origin;
  }
}

TEST(LogCommand, continues_the_log_and_says_what_was_lost) {
  Folder folder;
  folder.open().value().reset();
  {
    auto mark = journal::HighWater::open(folder.options.data / "high_water");
    journal::Mark ahead = *mark->mark();
    ahead.size += 7;
    ASSERT_TRUE(mark->write(ahead));
  }
  ::setenv("LC_ALL", "C", 1);
  admin::LogContinueOptions options;
  options.data = folder.options.data.string();
  options.origin = "sparkgate.local/2";
  std::ostringstream out, err;
  EXPECT_EQ(admin::log_continue(options, out, err), 0) << err.str();
  EXPECT_NE(out.str().find("The log sparkgate.local is closed with 2 entries"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("lost: 2–8"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("sparkgate.local/2+"), std::string::npos) << out.str();
  EXPECT_NE(admin::log_continue(options, out, err), 0) << "the name is taken";
  const auto app = folder.open();
  ASSERT_TRUE(app);
  EXPECT_EQ((*app)->engine().log_obstacle(), std::nullopt);
  auto reader = (*app)->engine().read();
  const Json first = Json::parse(reader->entry_bytes(2, 3).at(0));
  EXPECT_EQ(first["type"], "open");
  EXPECT_EQ(first["origin"], "sparkgate.local/2");
  const Instance next = *log::log_instance(ReaderView(*reader), "sparkgate.local/2");
  EXPECT_EQ(next.data["continues"]["high_water"]["size"], 9);
  const Instance old = *log::log_instance(ReaderView(*reader), "sparkgate.local");
  EXPECT_EQ(old.state, "Closed");
  EXPECT_EQ(old.data["continued_by"], "sparkgate.local/2");
  const auto replayed = replay(*(*app)->engine().registry().find("log"), reader->entries(old.id));
  ASSERT_TRUE(replayed) << "the chain crosses the border: " << describe(replayed.error());
}

}  // namespace
}  // namespace sparkgate
