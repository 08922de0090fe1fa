// SQLite under the contract, and what is SQLite's own: query plans, schema versions, file modes.
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/contract/query_plans.h"
#include "tests/contract/store_contract.h"

namespace sparkgate::test {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(Backend{"sqlite", open_sqlite_store}),
                         [](const auto& info) { return info.param.name; });

namespace {

class SqliteStore : public testing::Test {
 protected:
  void execute(const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  std::filesystem::path file() const { return data / "sparkgate.db"; }
  static int mode_of(const std::filesystem::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777;
  }

  TempFolder folder;
  const std::filesystem::path data = folder.path() / "data";
};

// How a reader answers: the plan of each statement that it has prepared, and how many steps they took in all.
struct Cost {
  std::string plans;
  int steps = 0;
};

Cost cost_of(const std::filesystem::path& file, const std::function<void(Reader&)>& read) {
  auto connection = std::make_unique<sqlite::Connection>(file, sqlite::Connection::Access::read);
  sqlite3* db = connection->handle();
  sqlite::SqliteReader reader(std::move(connection));
  read(reader);
  Cost cost;
  for (sqlite3_stmt* s = sqlite3_next_stmt(db, nullptr); s; s = sqlite3_next_stmt(db, s)) {
    cost.steps += sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
  }
  cost.plans = query_plans(db);
  return cost;
}

std::vector<std::pair<const char*, std::function<void(Reader&)>>> page_reads() {
  const auto page = [](const std::function<void(ListQuery&)>& change) {
    return [change](Reader& reader) {
      ListQuery query = all_of("w");
      query.limit = 20;
      change(query);
      EXPECT_EQ(reader.list(query).items.size(), 20u);
    };
  };
  Actor chief;
  chief.person = "ann";
  chief.grants = {{"chief", "", "33"}};
  return {
      {"all", page([](auto&) {})},
      {"from a cursor", page([](auto& q) { q.after = "i00050"; })},
      {"by state", page([](auto& q) { q.states = {"Open"}; })},
      {"by scope", page([](auto& q) { q.scopes = {{"area", "1"}, {"unit", "u"}}; })},
      {"by scope and state", page([](auto& q) { q.scopes = {{"unit", "u"}}, q.states = {"Open"}; })},
      {"by link", page([](auto& q) { q.links = {{"area", "1"}}; })},
      {"by several states", page([](auto& q) { q.states = {"Open", "Closed"}; })},
      {"what is due", page([](auto& q) {
         q.states = {"Open"};
         q.order = ListQuery::Order::due;
         q.scopes = {{"area", "1"}};
       })},
      {"by words", page([](auto& q) { q.words = "动火"; })},
      {"by window", page([](auto& q) { q.from = a_monday(), q.until = a_monday() + hours(1); })},
      {"one instance", [](Reader& r) { EXPECT_TRUE(r.instance("i00001")); }},
      {"its entries", [](Reader& r) { EXPECT_FALSE(r.entries("i00001").empty()); }},
      {"its follow-ups", [](Reader& r) { r.follow_ups("i00001"); }},
      {"notices", [chief](Reader& r) { EXPECT_EQ(r.notices(chief, INT64_MAX, 20).size(), 20u); }},
      {"a session", [](Reader& r) { r.session(sha256("x")); }},
      {"sessions", [](Reader& r) { r.sessions("i00001"); }},
      {"a secret", [](Reader& r) { r.secret("i00001", "s"); }},
  };
}

// Instances i00000…, all in area 1 and of unit u, two in three Open, with windows and notices.
void fill(Store& store, int from, int until) {
  SeededRandom random;
  Writer& writer = store.writer();
  writer.begin();
  for (int n = from; n < until; ++n) {
    char id[16];
    std::snprintf(id, sizeof id, "i%05d", n);
    Instance instance;
    instance.id = id;
    instance.workflow = "w";
    instance.state = n % 3 ? "Open" : "Closed";
    instance.slot = n;
    const Index index{"1", "u", a_monday(), a_monday() + hours(2), a_monday(), "动火",
                      {{"area", "1"}, {"unit", "u"}}};
    writer.put({std::make_shared<const Instance>(instance), index}, nullptr);
    journal::Entry entry = journal::make_entry({}, Json::object(), Json::object(), random);
    entry.index = n;
    writer.append(id, n, 0, entry);
    writer.put_notice(n, id, {"chief", "u", "/33/", "", "code", {}}, a_monday());
  }
  writer.commit();
}

// What FTS5 calls a scan of a virtual table's index is a look-up.
bool scans(std::string plans) {
  for (size_t at; (at = plans.find("SCAN w VIRTUAL TABLE INDEX")) != plans.npos;) plans.erase(at, 4);
  for (size_t at; (at = plans.find("SCAN words VIRTUAL TABLE INDEX")) != plans.npos;) plans.erase(at, 4);
  return plans.find("SCAN") != plans.npos;
}

TEST_F(SqliteStore, a_page_costs_the_same_however_many_there_are) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  fill(**store, 0, 100);
  std::vector<Cost> small;
  for (const auto& [what, read] : page_reads()) small.push_back(cost_of(file(), read));
  fill(**store, 100, 10'000);
  size_t i = 0;
  for (const auto& [what, read] : page_reads()) {
    const Cost large = cost_of(file(), read);
    EXPECT_LT(large.steps, small[i++].steps * 1.2 + 50) << what;
    EXPECT_FALSE(scans(large.plans)) << what << "\n" << large.plans;
    const bool sorts = large.plans.find("TEMP B-TREE") != std::string::npos;
    EXPECT_EQ(sorts, what == std::string("sessions") || what == std::string("its follow-ups")) << what << "\n"
                                                                                             << large.plans;
  }
}

TEST_F(SqliteStore, writers_own_reads_use_indexes_too) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  fill(**store, 0, 2000);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) {
    (*store)->writer().tail();
    (*store)->writer().due(a_monday(), 1);
    (*store)->writer().next_due();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(1)) << "a millisecond each would be a scan";
}

// Readers that take turns never leave the write-ahead log alone; all the same it does not grow without bound.
TEST_F(SqliteStore, the_write_ahead_log_stays_bounded_while_somebody_always_reads) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  std::atomic<bool> stop = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      sqlite::Connection connection(file(), sqlite::Connection::Access::read);
      while (!stop) {
        connection.script("BEGIN; SELECT count(*) FROM meta");
        std::this_thread::sleep_for(milliseconds(3));
        connection.script("COMMIT");
      }
    });
  }
  Writer& writer = (*store)->writer();
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 200; ++i) {
    writer.begin();
    writer.put_meta("k" + std::to_string(i % 3), megabyte);
    writer.commit();
    writer.housekeeping(false);
  }
  stop = true;
  EXPECT_LT(std::filesystem::file_size(data / "sparkgate.db-wal"), size_t{160} << 20);
}

TEST_F(SqliteStore, files_are_for_their_owner_alone) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  fill(**store, 0, 1);
  EXPECT_EQ(mode_of(data), 0700);
  for (const char* name : {"sparkgate.db", "sparkgate.db-wal", "sparkgate.db-shm", "lock"}) {
    EXPECT_EQ(mode_of(data / name), 0600) << name;
  }
}

TEST_F(SqliteStore, a_schema_newer_than_the_program_is_refused_and_left_alone) {
  ASSERT_TRUE(open_sqlite_store(data));
  execute("PRAGMA user_version = 99");
  for (int i = 0; i < 2; ++i) {
    const auto store = open_sqlite_store(data);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Code::data_too_new);
    EXPECT_EQ(store.error().details["actual"], 99);
  }
}

TEST_F(SqliteStore, an_empty_database_is_brought_up_to_date_once) {
  std::filesystem::create_directories(data);
  execute("PRAGMA user_version = 0");
  for (int i = 0; i < 2; ++i) {
    auto store = open_sqlite_store(data);
    ASSERT_TRUE(store) << describe(store.error());
    (*store)->writer().begin();
    EXPECT_EQ((*store)->writer().raise_counter("starts"), i + 1) << "migrated twice";
    (*store)->writer().commit();
  }
}

TEST_F(SqliteStore, a_migration_that_fails_leaves_the_old_schema) {
  std::filesystem::create_directories(data);
  execute("CREATE TABLE documents (mine)");  // the last table of the first migration
  EXPECT_FALSE(open_sqlite_store(data));
  execute("DROP TABLE documents");
  EXPECT_TRUE(open_sqlite_store(data)) << "half of it was there";
}

TEST_F(SqliteStore, what_is_no_database_is_refused) {
  std::filesystem::create_directories(data);
  std::FILE* f = std::fopen(file().c_str(), "w");
  std::fputs(std::string(5000, 'x').c_str(), f);
  std::fclose(f);
  const auto store = open_sqlite_store(data);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Code::store_failed);
  EXPECT_EQ(open_sqlite_store("/proc/none/data").error().code, Code::file_unreadable);
}

TEST_F(SqliteStore, a_second_process_is_refused_and_may_follow_when_the_first_is_killed) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  const auto in_child = [&](const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  };
  const auto try_to_open = [&] {
    const auto second = open_sqlite_store(data);
    return second ? 0 : second.error().code == Code::data_in_use ? 1 : 2;
  };
  EXPECT_EQ(WEXITSTATUS(in_child(try_to_open)), 1);
  store->reset();
  const int status = in_child([&] {
    auto mine = open_sqlite_store(data);
    return ::raise(SIGKILL);
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(open_sqlite_store(data)) << "a dead owner's lock does not stay";
}

TEST_F(SqliteStore, a_connection_in_service_runs_plain_statements_only) {
  auto store = open_sqlite_store(data);
  ASSERT_TRUE(store);
  sqlite::Connection reader(file(), sqlite::Connection::Access::read);
  EXPECT_THROW(reader.script("ATTACH 'x.db' AS x"), StoreError);
  EXPECT_THROW(reader.script("PRAGMA query_only = OFF"), StoreError);
  EXPECT_THROW(reader.script("DROP TABLE entries"), StoreError);
  EXPECT_THROW(reader.script("DELETE FROM entries"), StoreError);
  EXPECT_NO_THROW(reader.script("SELECT count(*) FROM entries"));
}

}  // namespace
}  // namespace sparkgate::test
