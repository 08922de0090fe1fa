// Data that is not as it was left: of the schema before the log, or altered behind the engine's back.
#include <sqlite3.h>

#include "engine/base/codes.h"
#include "tests/support/log_rig.h"

namespace sparkgate::test {
namespace {

class LogUpgrade : public LogRig {
 protected:
  /// Changes the database while the engine is stopped.
  void alter(const std::string& sql) {
    engine.reset();
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder.path() / "sparkgate.db").c_str(), &db), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << (error ? error : "");
    sqlite3_close(db);
  }
  std::string id = open_one();
};

TEST_F(LogUpgrade, entries_of_the_schema_without_a_log_are_put_into_its_tree) {
  for (int n = 0; n < 600; ++n) must(to_counter(id, "note"));
  const StoredLog before = log();
  alter(
      "DROP TABLE tallies; DROP TABLE words; DROP INDEX instances_by_due; ALTER TABLE instances DROP COLUMN due;"
      "DROP INDEX links_to_photos; DROP TABLE photo_senders; DROP TABLE photos; DROP TABLE anchors;"
      "DROP TABLE checkpoints; DROP TABLE tiles; DROP TABLE logs; DROP INDEX outbox_by_instance;"
      "INSERT INTO meta (name, value) VALUES ('origin', 'test/log'); PRAGMA user_version = 1;");
  std::filesystem::remove(high_water);
  open();
  EXPECT_EQ(engine->log_obstacle(), std::nullopt);
  EXPECT_EQ(log().origin, "test/log");
  EXPECT_EQ(log().size, before.size);
  EXPECT_EQ(log().root, before.root);
  expect_whole_log();
  expect_covered(must(to_counter(id, "note")));
}

// Each a way in which a store is not what it was; the log takes nothing more and says so.
TEST_F(LogUpgrade, whatever_does_not_fit_the_tree_is_found_at_the_start) {
  for (int n = 0; n < 599; ++n) must(to_counter(id, "note"));
  engine.reset();
  const TempFolder good;
  std::filesystem::copy(folder.path() / "sparkgate.db", good.path() / "sparkgate.db");
  for (const char* sql : {
           "UPDATE entries SET bytes = replace(bytes, '\"v\":1', '\"v\":2') WHERE idx = 599",
           "UPDATE entries SET bytes = replace(bytes, '\"v\":1', '\"v\":2') WHERE idx = 400",
           "UPDATE entries SET leaf = zeroblob(32) WHERE idx = 599",
           "UPDATE entries SET leaf = zeroblob(32) WHERE idx = 300",
           "DELETE FROM outbox; DELETE FROM follow_ups; DELETE FROM entries WHERE idx = 599",
           "DELETE FROM outbox; DELETE FROM follow_ups; DELETE FROM entries WHERE idx = 10",
           "UPDATE logs SET root = zeroblob(32)",
           "UPDATE logs SET size = 598",
           "UPDATE logs SET size = 601",
           "DELETE FROM tiles WHERE number = 1",
           "UPDATE tiles SET root = zeroblob(32) WHERE number = 0",
           "UPDATE tiles SET hashes = zeroblob(8192) WHERE number = 1",
       }) {
    alter(sql);
    open();
    const auto obstacle = engine->log_obstacle();
    EXPECT_TRUE(obstacle) << sql;
    EXPECT_EQ(refusal_of(to_counter(id, "note")), "log_broken") << sql;
    EXPECT_EQ(engine->latest_checkpoint(), nullptr) << sql;
    const auto continued = engine->continue_log("test/log-2", [](const Continuation&) { return open_counter(); });
    ASSERT_FALSE(continued) << sql;
    EXPECT_EQ(continued.error().code, Code::log_broken) << "a broken tree is not built upon";
    engine.reset();
    for (const char* file : {"sparkgate.db-wal", "sparkgate.db-shm"}) std::filesystem::remove(folder.path() / file);
    std::filesystem::copy(good.path() / "sparkgate.db", folder.path() / "sparkgate.db",
                          std::filesystem::copy_options::overwrite_existing);
  }
  open();
  EXPECT_EQ(engine->log_obstacle(), std::nullopt);
}

}  // namespace
}  // namespace sparkgate::test
