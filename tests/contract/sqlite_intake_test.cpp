// Public reports on SQLite under the contract, and what is SQLite's own: what its files hold of what was erased and of
// the order of things, query plans, schema versions, file modes, a full disk.
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_intake.h"
#include "engine/store/sqlite/sqlite_intake_reader.h"
#include "engine/store/store.h"
#include "tests/contract/intake_contract.h"
#include "tests/contract/query_plans.h"
#include "tests/support/files.h"
#include "tests/support/raw_database.h"

namespace sparkgate::test {

INSTANTIATE_TEST_SUITE_P(Sqlite, IntakeContract, testing::Values(IntakeBackend{"sqlite", open_sqlite_intake}),
                         [](const auto& info) { return info.param.name; });

namespace {

class SqliteIntake : public testing::Test {
 protected:
  void open() {
    store.reset();
    auto opened = open_sqlite_intake(data);
    ASSERT_TRUE(opened) << describe(opened.error());
    store = std::move(*opened);
  }
  // Somewhere in one of the files.
  bool lies_there(std::string_view bytes) const {
    const std::filesystem::directory_iterator files(data);
    return std::any_of(begin(files), end(files),
                       [&](const auto& file) { return content_of(file.path()).find(bytes) != std::string::npos; });
  }
  std::filesystem::path file() const { return data / "reports.db"; }
  static int mode_of(const std::filesystem::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777;
  }

  TempFolder folder;
  const std::filesystem::path data = folder.path() / "data" / "intake";
  std::unique_ptr<IntakeStore> store;
};

// A report in all of whose parts `mark` stands, of `bytes` in all its items.
void put_marked(IntakeWriter& w, const std::string& name, const std::string& mark, size_t bytes) {
  StoredReport report = a_report(name);
  report.source_wrap = report.auth_sealed = mark + std::string(80, 's');
  w.put(report);
  for (const char* key : {"key 1", "key 2", "key 3"}) {
    StoredWrap wrap = a_wrap(name, key);
    wrap.sealed = mark + std::string(80, 'w');
    w.put(wrap);
  }
  for (int64_t sequence = 0; sequence < 3; ++sequence) {
    StoredItem item = an_item(name, sequence);
    item.key_sealed = item.proof = mark;
    item.body = mark + std::string(bytes, 'b') + mark;
    w.add(item);
    w.add(StoredStep{report.id, sequence, mark});
  }
}

// So many that pages were split and joined often, which leaves copies of what lay on them.
TEST_F(SqliteIntake, nothing_of_an_erased_report_lies_in_the_files) {
  constexpr int k_reports = 1500;
  const size_t sizes[] = {100, 1000, 4000, 16'000};
  const auto name = [](int n) { return "report " + std::to_string(n); };
  open();
  for (int from = 0; from < k_reports; from += 100) {
    store->write([&](IntakeWriter& w) {
      for (int n = from; n < from + 100; ++n) put_marked(w, name(n), n % 2 ? "<gone>" : "<kept>", sizes[n / 2 % 4]);
    });
  }
  EXPECT_TRUE(lies_there("<gone>"));
  store->write([&](IntakeWriter& w) {
    for (int n = 1; n < k_reports; n += 2) w.erase_report(id_of(name(n)));
  });
  EXPECT_FALSE(lies_there("<gone>"));
  EXPECT_TRUE(lies_there("<kept>"));
  EXPECT_EQ(std::filesystem::file_size(data / "reports.db-wal"), 0u);
  store->read([&](IntakeReader& r) { EXPECT_EQ(r.reports().size(), size_t{k_reports / 2}); });
}

TEST_F(SqliteIntake, neither_does_a_wrap_or_an_officers_key_that_was_removed_or_replaced) {
  open();
  const auto write_and_look = [&](const std::string& bytes, const std::function<void(IntakeWriter&)>& work) {
    store->write(work);
    return lies_there(bytes);
  };
  StoredWrap wrap = a_wrap("a", "key");
  StoredOfficer ann = an_officer("ann");
  wrap.sealed = "<first wrap>", ann.passphrase_wrap = "<first passphrase>";
  EXPECT_TRUE(write_and_look("<first wrap>", [&](IntakeWriter& w) { w.put(a_report("a")), w.put(wrap), w.put(ann); }));
  wrap.sealed = "<second wrap>", ann.passphrase_wrap = "<second passphrase>";
  EXPECT_FALSE(write_and_look("<first wrap>", [&](IntakeWriter& w) { w.put(wrap); }));
  EXPECT_FALSE(write_and_look("<second wrap>", [&](IntakeWriter& w) { w.remove_wrap(wrap.report, wrap.key_id); }));
  EXPECT_TRUE(lies_there("<first passphrase>"));
  EXPECT_FALSE(write_and_look("<first passphrase>", [&](IntakeWriter& w) { w.put(ann); }));
  EXPECT_TRUE(lies_there("<second passphrase>"));
  EXPECT_FALSE(write_and_look("<third wrap>", [&](IntakeWriter& w) {
    wrap.sealed = "<third wrap>";
    w.put(wrap), w.remove_wraps_of_key(wrap.key_id);
  }));
}

TEST_F(SqliteIntake, nor_an_items_key_once_it_was_sealed_anew) {
  open();
  StoredItem item = an_item("a", 0);
  item.key_sealed = "<first key>";
  store->write([&](IntakeWriter& w) { w.put(a_report("a")), w.add(item); });
  EXPECT_TRUE(lies_there("<first key>"));
  store->write([&](IntakeWriter& w) { w.reseal_item(item.report, 0, "<other key>"); });
  EXPECT_FALSE(lies_there("<first key>"));
  EXPECT_TRUE(lies_there("<other key>"));
}

// As when a backup is made. What is in the way costs no write, and goes with the next one that removes something.
TEST_F(SqliteIntake, what_a_reader_elsewhere_keeps_in_the_files_goes_once_it_has_left) {
  for (const bool is_opened_again : {false, true}) {
    open();
    store->write([](IntakeWriter& w) { put_marked(w, "a", "<gone>", 5000), put_whole(w, "b"); });
    auto reader = std::make_unique<sqlite::Connection>(file(), sqlite::Connection::Access::read);
    reader->script("BEGIN; SELECT count(*) FROM reports");
    store->write([](IntakeWriter& w) { w.erase_report(id_of("a")); });
    EXPECT_TRUE(lies_there("<gone>")) << "it was not in the way";
    store->read([](IntakeReader& r) { EXPECT_FALSE(r.report(id_of("a"))); });
    reader.reset();
    if (is_opened_again)
      open();
    else
      store->write([](IntakeWriter& w) { w.erase_report(id_of("b")); });
    EXPECT_FALSE(lies_there("<gone>")) << is_opened_again;
  }
}

// The store's own readers are waited for.
TEST_F(SqliteIntake, what_a_reader_of_the_store_sees_is_gone_from_the_files_when_the_write_returns) {
  open();
  store->write([](IntakeWriter& w) { put_marked(w, "a", "<gone>", 5000); });
  std::jthread eraser;
  store->read([&](IntakeReader& r) {
    EXPECT_EQ(r.reports().size(), 1u);
    eraser = std::jthread([&] { store->write([](IntakeWriter& w) { w.erase_report(id_of("a")); }); });
    sqlite::Connection other(file(), sqlite::Connection::Access::read);
    const auto is_erased = [&] { return !sqlite::SqliteIntakeReader(other).report(id_of("a")); };
    while (!is_erased()) std::this_thread::yield();
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(r.reports().size(), 1u);
  });
  eraser.join();
  EXPECT_FALSE(lies_there("<gone>"));
}

// What the files hold of reports that came in this order, or in the opposite one: before and after `end`.
std::pair<std::string, std::string> files_of_reports(const std::filesystem::path& place, bool is_reversed,
                                                     const std::function<void(std::unique_ptr<IntakeStore>&)>& end) {
  constexpr int k_reports = 200;
  auto store = std::move(open_sqlite_intake(place)).value();
  for (int i = 0; i < k_reports; ++i) {
    const std::string name = std::to_string(is_reversed ? k_reports - 1 - i : i);
    store->write([&](IntakeWriter& w) {
      put_marked(w, name, name, 100 * name.size() * name.size() * name.size());
      w.add_leaf(k_day, bytes_named(name));
    });
  }
  const auto content = [&] { return content_of(place / "reports.db") + content_of(place / "reports.db-wal"); };
  std::string before = content();
  end(store);
  return {before, content()};
}

TEST_F(SqliteIntake, once_a_day_is_closed_the_files_do_not_tell_in_which_order_reports_came) {
  const auto close_the_day = [](std::unique_ptr<IntakeStore>& store) {
    store->write([](IntakeWriter& w) { w.add(a_day(k_day)); });
  };
  const auto one = files_of_reports(data / "1", false, close_the_day);
  const auto other = files_of_reports(data / "2", true, close_the_day);
  EXPECT_NE(one.first, other.first);
  EXPECT_TRUE(one.second == other.second);
}

TEST_F(SqliteIntake, nor_do_they_once_the_store_is_opened_again) {
  const auto file_of = [&](const std::filesystem::path& place, bool is_reversed) {
    const auto again = [&](std::unique_ptr<IntakeStore>& store) {
      store.reset();
      store = std::move(open_sqlite_intake(place)).value();
    };
    return files_of_reports(place, is_reversed, again).second;
  };
  EXPECT_TRUE(file_of(data / "1", false) == file_of(data / "2", true));
}

TEST_F(SqliteIntake, no_table_counts_its_rows) {
  open();
  int tables = 0;
  RawDatabase raw(file());
  for (const RawRow& row : raw.rows("sqlite_schema")) {  // type, name, table, page, sql
    if (row[0].bytes != "table") continue;
    ++tables;
    EXPECT_TRUE(row[4].bytes.ends_with("STRICT, WITHOUT ROWID")) << row[4].bytes;
  }
  EXPECT_EQ(tables, 10);
}

TEST_F(SqliteIntake, look_ups_use_indexes) {
  open();
  sqlite::Connection db(file(), sqlite::Connection::Access::read);
  sqlite::SqliteIntakeReader r(db);
  r.setting("x"), r.report("x"), r.report_by_lookup("x"), r.reports_due(k_day), r.reports_expired(k_day);
  r.wraps_of_report("x"), r.wraps_of_key("x"), r.items("x"), r.item("x", 1), r.steps("x");
  r.officer_of_account("x"), r.leaves(k_day), r.names_file("x");
  r.hand_off("x"), r.hand_offs_due("x");
  const std::string plans = query_plans(db.handle());
  EXPECT_EQ(plans.find("SCAN"), std::string::npos) << plans;
  for (const char* index :
       {"reports_by_due", "reports_by_expires", "wraps_by_key", "items_by_file", "hand_offs_by_due"}) {
    EXPECT_NE(plans.find(index), std::string::npos) << index << "\n" << plans;
  }
}

TEST_F(SqliteIntake, the_write_ahead_log_stays_bounded) {
  open();
  for (int i = 0; i < 40; ++i) {
    store->write([&](IntakeWriter& w) { w.put_setting(std::to_string(i % 2), std::string(1 << 20, 'x')); });
    store->read([](IntakeReader& r) { EXPECT_EQ(r.setting("0").size(), size_t{1} << 20); });
  }
  EXPECT_LT(std::filesystem::file_size(data / "reports.db-wal"), size_t{5} << 20);
}

// A limit on the size of files stands in for a full disk.
class FullDisk {
 public:
  explicit FullDisk(size_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit small = before_;
    small.rlim_cur = bytes;
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  }
  ~FullDisk() { EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before_), 0); }

 private:
  rlimit before_{};
};

TEST_F(SqliteIntake, a_full_disk_refuses_a_write_whole_and_mends_without_opening_again) {
  open();
  store->write([](IntakeWriter& w) { put_whole(w, "a"); });
  {
    const FullDisk full(std::filesystem::file_size(data / "reports.db-wal") + 30'000);
    for (int i = 0; i < 2; ++i) {
      try {
        store->write([](IntakeWriter& w) { put_whole(w, "b"), put_marked(w, "c", "c", 50'000); });
        ADD_FAILURE() << "it had room";
      } catch (const StoreError& failed) {
        EXPECT_EQ(failed.refusal().code, Code::disk_full) << failed.what();
      }
      store->read([](IntakeReader& r) { EXPECT_EQ(r.reports(), std::vector{a_report("a")}); });
    }
    store->write([](IntakeWriter& w) { w.put_setting("small", "fits"); });
  }
  store->write([](IntakeWriter& w) { put_whole(w, "b"); });
  open();
  store->read([](IntakeReader& r) { EXPECT_EQ(r.reports().size(), 2u); });
}

TEST_F(SqliteIntake, a_disk_too_full_to_write_the_file_anew_lets_a_report_be_erased_all_the_same) {
  open();
  store->write([](IntakeWriter& w) {
    for (const char* name : {"kept 1", "kept 2", "kept 3", "kept 4"}) put_marked(w, name, "<kept>", 100'000);
    put_marked(w, "gone", "<gone>", 5000);
  });
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  store->write([](IntakeWriter& w) { w.erase_report(id_of("a")); });
  {
    const FullDisk full(std::filesystem::file_size(file()) * 2 / 3);
    store->write([](IntakeWriter& w) { w.erase_report(id_of("gone")); });
    store->read([](IntakeReader& r) { EXPECT_EQ(r.reports().size(), 5u); });
    EXPECT_LT(std::filesystem::file_size(data / "reports.db-wal"), size_t{300'000}) << "it takes what room there is";
  }
  store->write([](IntakeWriter& w) { w.erase_report(id_of("b")); });
  EXPECT_FALSE(lies_there("<gone>"));
  store->read([](IntakeReader& r) { EXPECT_EQ(r.reports().size(), 4u); });
}

TEST_F(SqliteIntake, files_are_for_their_owner_alone_whatever_the_folder_was) {
  std::filesystem::create_directories(data);
  std::filesystem::permissions(data, std::filesystem::perms(0755));
  open();
  store->write([](IntakeWriter& w) { put_whole(w, "a"); });
  EXPECT_EQ(mode_of(data), 0700);
  for (const char* name : {"reports.db", "reports.db-wal", "reports.db-shm", "lock"}) {
    EXPECT_EQ(mode_of(data / name), 0600) << name;
  }
}

TEST_F(SqliteIntake, a_second_store_on_the_folder_is_refused_until_the_first_is_gone) {
  open();
  const auto second = open_sqlite_intake(data);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::data_in_use);
  store.reset();
  EXPECT_TRUE(open_sqlite_intake(data));
}

constexpr int k_version = 4;  // migrations there are

TEST_F(SqliteIntake, a_schema_newer_than_the_program_is_refused_and_left_alone) {
  for (const int64_t version : {99, -1}) {
    open();
    store.reset();
    RawDatabase(file()).run("PRAGMA user_version = " + std::to_string(version));
    for (int i = 0; i < 2; ++i) {
      const auto opened = open_sqlite_intake(data);
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().code, Code::data_too_new);
      EXPECT_EQ(opened.error().details["actual"], version);
      EXPECT_EQ(opened.error().details["needed"], k_version);
    }
    RawDatabase(file()).run("PRAGMA user_version = " + std::to_string(k_version));
  }
}

TEST_F(SqliteIntake, what_an_older_program_left_waiting_in_clear_goes_and_says_so) {
  const StoredHandOff done{std::string(32, 'a'), "", "", "{}"};
  const StoredHandOff waited{std::string(32, 'b'), "", "", "{\"refused\":\"hand_off_unreadable\"}"};
  open();
  store.reset();
  {
    RawDatabase raw(file());
    raw.run("DROP TABLE hand_offs");
    raw.run("CREATE TABLE hand_offs (key TEXT PRIMARY KEY, due TEXT, command TEXT, outcome TEXT)");
    raw.run("INSERT INTO hand_offs VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '', '', '{}')");
    raw.run("INSERT INTO hand_offs VALUES "
            "('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '2026-03-02T07:00:00Z', '{\"address\":\"x\"}', '')");
    raw.run("PRAGMA user_version = 3");
  }
  open();
  store->read([&](IntakeReader& r) {
    EXPECT_EQ(r.hand_off(done.key), done);
    EXPECT_EQ(r.hand_off(waited.key), waited);
  });
}

TEST_F(SqliteIntake, what_is_no_database_is_refused) {
  std::filesystem::create_directories(data);
  write_file(file(), std::string(5000, 'x'));
  const auto opened = open_sqlite_intake(data);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::store_failed);
  EXPECT_EQ(open_sqlite_intake("/proc/none/intake").error().code, Code::file_unreadable);
}

}  // namespace
}  // namespace sparkgate::test
