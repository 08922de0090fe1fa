// The log's own instance and its keys.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <sstream>

#include "admin/log_command.h"
#include "engine/heads.h"
#include "engine/store/sqlite/sqlite_store.h"
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
  Folder() { ::setenv("LC_ALL", "C", 1); }
  test::TempFolder temp;
  test::FakeClock clock;
  SystemRandom random;
  admin::App::Options options = [this] {
    admin::App::Options out;
    out.data = temp.path() / "data";
    out.run_timers = false;
    return out;
  }();
  std::filesystem::path keys() const { return options.data / "keys"; }
  std::string new_key(const std::string& name, KeyType type) {
    const auto file = temp.path() / name;
    EXPECT_TRUE(PrivateKey::generate(type).save(file));
    return file;
  }
  Result<std::unique_ptr<admin::App>> open() { return admin::App::open(options, clock, random); }
  std::string refusal() {
    const auto app = open();
    return app ? "" : std::string(refusal_row(app.error().code).name);
  }
  /// What signs the newest checkpoint.
  std::vector<std::string> signers() {
    auto app = open();
    if (!app) return {describe(app.error())};
    const auto note = parse_note((*app)->engine().latest_checkpoint()->note);
    app->reset();
    std::vector<std::string> out;
    for (const std::string& vkey : vkeys()) {
      if (verified_by(*note, {*NoteVerifier::parse(vkey)})->size() == 1) out.push_back(vkey);
    }
    EXPECT_EQ(out.size(), note->signatures.size());
    return out;
  }
  /// All that ever signed, in the order in which the log tells of them.
  std::vector<std::string> vkeys() {
    const auto store = open_sqlite_store(options.data);
    const auto reader = (*store)->reader();
    std::vector<std::string> out;
    for (const StoredLog& log : reader->logs()) {
      for (const auto& entry : reader->entries(log::log_instance(ReaderView(*reader), log.origin)->id)) {
        const Json facts = Json::parse(entry.facts.json);
        if (facts.contains("key") && !std::count(out.begin(), out.end(), facts["key"])) out.push_back(facts["key"]);
        for (const Json& key : facts.value("keys", Json::array())) out.push_back(key);
      }
    }
    return out;
  }
  /// What the command prints, or the code of its refusal.
  std::string run(int (*command)(const admin::LogOptions&, std::ostream&, std::ostream&),
                  admin::LogOptions wanted = {}) {
    wanted.data = options.data;
    wanted.log_keys = options.log_keys.keys;
    std::ostringstream out, err;
    const int code = command(wanted, out, err);
    EXPECT_EQ(code == 0, err.str().empty());
    return code == 0 ? out.str() : err.str();
  }
};

admin::LogOptions with_key(const std::string& key) {
  admin::LogOptions out;
  out.key = key;
  return out;
}

using Vkeys = std::vector<std::string>;

TEST(LogKeys, a_key_is_made_at_the_first_start_for_its_owner_alone_and_used_ever_after) {
  Folder folder;
  const Vkeys first = folder.open().value()->log_keys().vkeys("sparkgate.local");
  struct stat about {};
  ASSERT_EQ(::stat((folder.keys() / "log.pem").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(folder.open().value()->log_keys().vkeys("sparkgate.local"), first);
  EXPECT_EQ(first.at(0).find("sparkgate.local+"), 0u);
  EXPECT_EQ(folder.vkeys(), first) << "the log's first entry names it";
}

TEST(LogKeys, a_lost_key_is_not_replaced_and_another_is_refused) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  const auto file = folder.keys() / "log.pem";
  std::filesystem::remove(file);
  EXPECT_EQ(folder.refusal(), "key_unreadable");
  EXPECT_FALSE(std::filesystem::exists(file));
  ASSERT_TRUE(PrivateKey::generate(KeyType::ed25519).save(file));
  EXPECT_EQ(folder.refusal(), "log_key_other");
  folder.options.log_keys.keys = {file};
  EXPECT_EQ(folder.refusal(), "log_key_other");
}

TEST(LogKeys, an_sm2_key_signs_beside_the_other) {
  Folder folder;
  folder.options.log_keys.keys = {folder.new_key("ed.pem", KeyType::ed25519),
                                  folder.new_key("sm2.pem", KeyType::sm2)};
  EXPECT_EQ(folder.signers().size(), 2u);
  folder.options.log_keys.keys.pop_back();
  EXPECT_EQ(folder.refusal(), "log_key_other") << "it does not come and go";
}

TEST(LogKeys, a_key_of_another_type_is_refused) {
  Folder folder;
  folder.options.log_keys.keys = {folder.new_key("key.pem", KeyType::p256)};
  EXPECT_EQ(folder.refusal(), "key_invalid");
  folder.options.log_keys.keys = {folder.new_key("sm2.pem", KeyType::sm2)};
  EXPECT_EQ(folder.refusal(), "log_key_other") << "alone it is not enough";
}

TEST(LogKeys, of_a_log_that_grew_unsigned_are_told_at_its_first_signed_start) {
  Folder folder;
  folder.options.log_keys.sign = false;
  ASSERT_TRUE(folder.open());
  EXPECT_EQ(folder.vkeys(), Vkeys());
  folder.options.log_keys.sign = true;
  ASSERT_TRUE(folder.open());
  ASSERT_EQ(folder.vkeys().size(), 1u);
  EXPECT_EQ(folder.signers(), folder.vkeys());
}

// -- rotation

TEST(LogKeys, the_old_key_signs_that_the_next_one_comes_then_both_sign_then_the_next_one_alone) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  const std::string old = folder.vkeys().at(0);
  const std::string told = folder.run(admin::log_add_key);
  const std::string next = folder.vkeys().at(1);
  EXPECT_EQ(told, "Verifier keys of the log in force:\n" + old + "\n" + next + "\n");
  EXPECT_TRUE(std::filesystem::exists(folder.keys() / "log-2.pem"));
  EXPECT_EQ(folder.signers(), (Vkeys{old, next})) << "whoever knows either can check";
  EXPECT_EQ(folder.run(admin::log_retire_key, with_key(old)), "Verifier keys of the log in force:\n" + next + "\n");
  EXPECT_EQ(folder.signers(), Vkeys{next});
  std::filesystem::remove(folder.keys() / "log.pem");
  EXPECT_EQ(folder.signers(), Vkeys{next}) << "nobody needs the old one any more";
}

TEST(LogKeys, given_by_their_files_are_changed_the_same_way) {
  Folder folder;
  const std::string old = folder.new_key("old.pem", KeyType::ed25519),
                    next = folder.new_key("next.pem", KeyType::ed25519);
  folder.options.log_keys.keys = {old};
  ASSERT_TRUE(folder.open());
  folder.run(admin::log_add_key, with_key(next));
  EXPECT_EQ(folder.refusal(), "log_key_other") << "both are needed now";
  folder.options.log_keys.keys = {next, old};
  EXPECT_EQ(folder.signers(), folder.vkeys());
  folder.run(admin::log_retire_key, with_key(folder.vkeys().at(0)));
  folder.options.log_keys.keys = {next};
  EXPECT_EQ(folder.signers(), Vkeys{folder.vkeys().at(1)});
}

TEST(LogKeys, a_lost_one_of_two_ends_without_it) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  folder.run(admin::log_add_key);
  std::filesystem::remove(folder.keys() / "log.pem");
  EXPECT_EQ(folder.refusal(), "log_key_other");
  folder.run(admin::log_retire_key, with_key(folder.vkeys().at(0)));
  EXPECT_EQ(folder.signers(), Vkeys{folder.vkeys().at(1)});
}

TEST(LogKeys, the_last_one_the_unknown_and_those_of_old_days_are_refused) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  const std::string first = folder.vkeys().at(0);
  const auto says = [](const std::string& told, const char* words) { return told.find(words) != std::string::npos; };
  EXPECT_TRUE(says(folder.run(admin::log_retire_key, with_key(first)), "one Ed25519 key in force at least"));
  EXPECT_TRUE(says(folder.run(admin::log_retire_key, with_key("x")), "There is no such key"));
  EXPECT_TRUE(says(folder.run(admin::log_add_key, with_key(folder.keys() / "log.pem")), "is already registered"));
  admin::LogOptions sm2;
  sm2.sm2 = true;
  folder.run(admin::log_add_key, sm2);
  EXPECT_TRUE(says(folder.run(admin::log_retire_key, with_key(first)), "one Ed25519 key in force at least"));
  folder.run(admin::log_add_key);
  folder.run(admin::log_retire_key, with_key(first));
  EXPECT_TRUE(says(folder.run(admin::log_add_key, with_key(folder.keys() / "log.pem")), "is already registered"))
      << "what was signed with it after its end would count";
}

TEST(LogKeys, all_lost_let_a_log_be_continued_under_a_new_name_with_a_new_key) {
  Folder folder;
  ASSERT_TRUE(folder.open());
  std::filesystem::remove(folder.keys() / "log.pem");
  admin::LogOptions next;
  next.origin = "sparkgate.local/2";
  next.new_key = true;
  const std::string told = folder.run(admin::log_continue, next);
  const Vkeys vkeys = folder.vkeys();
  ASSERT_EQ(vkeys.size(), 2u) << told;
  EXPECT_EQ(folder.signers(), Vkeys{vkeys.at(1)});
  const auto app = folder.open();
  const auto closing = parse_note((*app)->engine().read()->logs().at(0).checkpoint);
  ASSERT_TRUE(closing) << "the old log ends with what its own key signed last";
  EXPECT_EQ(verified_by(*closing, {*NoteVerifier::parse(vkeys.at(0))})->size(), 1u);
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
  admin::LogOptions wanted;
  wanted.origin = "sparkgate.local/2";
  const std::string out = folder.run(admin::log_continue, wanted);
  EXPECT_NE(out.find("The log sparkgate.local is closed with 2 entries"), std::string::npos) << out;
  EXPECT_NE(out.find("lost: 2–8"), std::string::npos) << out;
  EXPECT_NE(out.find("sparkgate.local/2+"), std::string::npos) << out;
  EXPECT_NE(folder.run(admin::log_continue, wanted).find("was used before"), std::string::npos);
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
