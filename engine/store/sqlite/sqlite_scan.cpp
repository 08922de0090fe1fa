#include "engine/store/sqlite/sqlite_scan.h"

#include <cstring>

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_migrations.h"
#include "engine/store/sqlite/sqlite_reader.h"

namespace sparkgate {
namespace {

using sqlite::Connection;
using sqlite::Run;

// Pragmas are read before the connection is locked down, and nothing is tidied when it closes.
std::unique_ptr<Connection> open_connection(const std::filesystem::path& file) {
  auto db = std::make_unique<Connection>(file, Connection::Access::read);
  sqlite3_db_config(db->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return db;
}

EntryRow read_entry_row(Run& row) {
  EntryRow out;
  out.index = row.number();
  out.slot = row.number();
  out.seq = row.number();
  out.bytes = row.view();
  out.leaf = row.view();
  out.facts = row.view();
  out.facts_salt = row.view();
  out.personal = row.maybe_view();
  out.personal_salt = row.maybe_view();
  out.personal_digest = row.view();
  return out;
}

class SqliteScan final : public Scan {
 public:
  explicit SqliteScan(const std::filesystem::path& file)
      : owned_(open_connection(file)), db_(*owned_), reader_(std::move(owned_)) {}
  Reader& reader() override { return reader_; }

  std::vector<std::string> damage() override {
    std::vector<std::string> out;
    pragma([&] {
      Run row = db_.run("PRAGMA integrity_check(20)");
      while (row.step()) out.push_back(row.text());
    });
    if (out == std::vector<std::string>{"ok"}) out.clear();
    return out;
  }

  std::vector<std::pair<std::string, int64_t>> strays() override {
    std::map<std::string, int64_t> count;
    pragma([&] {
      Run row = db_.run("PRAGMA foreign_key_check");
      while (row.step()) ++count[row.text()];
    });
    return {count.begin(), count.end()};
  }

  void entries(const Visit<EntryRow>& visit) override {
    Run row = db_.run(
        "SELECT idx, slot, seq, bytes, leaf, facts, facts_salt, personal, personal_salt, personal_digest FROM entries "
        "ORDER BY idx");
    while (row.step()) visit(read_entry_row(row));
  }

  void entries_of(int64_t slot, const Visit<EntryRow>& visit) override {
    Run row = db_.run(
        "SELECT idx, slot, seq, bytes, leaf, facts, facts_salt, personal, personal_salt, personal_digest FROM entries "
        "WHERE slot = ? ORDER BY seq");
    for (row.bind(slot); row.step();) visit(read_entry_row(row));
  }

  std::optional<InstanceRow> instance(int64_t slot) override {
    Run row = db_.run(
        "SELECT slot, id, workflow, state, version, head, at, area, unit, starts, ends, data, personal FROM instances "
        "WHERE slot = ?");
    if (!row.bind(slot).step()) return std::nullopt;
    InstanceRow out;
    out.slot = row.number();
    out.id = row.text();
    out.workflow = row.text();
    out.state = row.text();
    out.version = row.number();
    out.head = row.text();
    out.at = row.time();
    out.area = row.text();
    out.unit = row.text();
    out.starts = row.maybe_time();
    out.ends = row.maybe_time();
    out.data = row.text();
    out.personal = row.text();
    add_derived(out);
    return out;
  }

  int64_t count_instances() override { return number(db_.run("SELECT count(*) FROM instances")); }
  int64_t highest_slot() override {
    return number(db_.run("SELECT max(coalesce((SELECT max(slot) FROM instances), -1), "
                          "coalesce((SELECT max(slot) FROM entries), -1))"));
  }
  int64_t count_tiles(int64_t log) override {
    Run row = db_.run("SELECT count(*) FROM tiles WHERE log = ?");
    row.bind(log).step();
    return row.number();
  }

  std::vector<std::pair<uint64_t, std::string>> checkpoints(int64_t log) override {
    std::vector<std::pair<uint64_t, std::string>> out;
    Run row = db_.run("SELECT size, note FROM checkpoints WHERE log = ? ORDER BY size");
    for (row.bind(log); row.step();) {
      const auto size = static_cast<uint64_t>(row.number());
      out.emplace_back(size, row.text());
    }
    return out;
  }

  std::vector<std::pair<std::string, int64_t>> counters() override {
    std::vector<std::pair<std::string, int64_t>> out;
    Run row = db_.run("SELECT name, value FROM counters ORDER BY name");
    while (row.step()) {
      std::string name = row.text();
      out.emplace_back(std::move(name), row.number());
    }
    return out;
  }

  void photos(const Visit<StoredPhoto>& visit) override { sqlite::each_photo(db_, visit); }

  void documents(const std::function<void(const std::string&, std::string_view)>& visit) override {
    Run row = db_.run("SELECT digest, bytes FROM documents ORDER BY digest");
    while (row.step()) {
      const std::string digest = row.text();
      visit(digest, row.view());
    }
  }

  void answers(const Visit<TellingRow>& visit) override {
    Run row = db_.run(
        "SELECT a.id, json_extract(a.answer, '$.index'), coalesce(json_extract(a.answer, '$.instance'), ''), NULL, "
        "json_extract(a.answer, '$.leaf'), coalesce(e.bytes, '') FROM answers a "
        "LEFT JOIN entries e ON e.idx = json_extract(a.answer, '$.index') ORDER BY a.id");
    tell("answers ", row, visit);
  }

  void notices(const Visit<TellingRow>& visit) override {
    Run row = db_.run(
        "SELECT o.id, o.entry, o.instance, NULL, NULL, coalesce(e.bytes, '') FROM outbox o "
        "LEFT JOIN entries e ON e.idx = o.entry ORDER BY o.id");
    tell("outbox ", row, visit);
  }

  void follow_ups(const Visit<TellingRow>& visit) override {
    Run causes = db_.run(
        "SELECT f.cause, f.cause, f.cause_instance, NULL, NULL, coalesce(e.bytes, '') FROM follow_ups f "
        "LEFT JOIN entries e ON e.idx = f.cause ORDER BY f.cause, f.ordinal");
    tell("follow_ups ", causes, visit);
    Run effects = db_.run(
        "SELECT f.cause, CAST(f.outcome AS INTEGER), f.instance, f.event, NULL, coalesce(e.bytes, '') "
        "FROM follow_ups f LEFT JOIN entries e ON e.idx = CAST(f.outcome AS INTEGER) "
        "WHERE f.status <> 'refused' ORDER BY f.cause, f.ordinal");
    tell("follow_ups ", effects, visit);
  }

  bool was_refused(std::string_view instance, const Timer& timer) override {
    Run row = db_.run(
        "SELECT 1 FROM follow_ups WHERE instance = ? AND event = ? AND status = 'refused' "
        "AND json_extract(payload, '$.timer') = ? AND json_extract(payload, '$.due') = ?");
    const std::string due = format_time(timer.due);
    return row.bind(instance).bind(timer.event).bind(timer.name).bind(due).step();
  }

 private:
  static int64_t number(Run&& row) {
    row.step();
    return row.number();
  }

  static void tell(const std::string& table, Run& row, const Visit<TellingRow>& visit) {
    while (row.step()) {
      TellingRow out;
      out.name = table + std::to_string(row.number());
      out.index = row.number();
      out.instance = row.text();
      out.event = row.maybe_text();
      out.leaf = row.maybe_text();
      out.bytes = row.text();
      visit(out);
    }
  }

  void add_derived(InstanceRow& out) {
    Run links = db_.run("SELECT workflow, kind, ref FROM links WHERE instance = ? ORDER BY workflow, kind, ref");
    for (links.bind(out.id); links.step();) {
      LinkRow link;
      link.workflow = links.text();
      link.kind = links.text();
      link.ref = links.text();
      out.links.push_back(std::move(link));
    }
    Run timers = db_.run("SELECT name, due, event FROM timers WHERE instance = ? ORDER BY name");
    for (timers.bind(out.id); timers.step();) {
      Timer timer;
      timer.name = timers.text();
      timer.due = timers.time();
      timer.event = timers.text();
      out.timers.push_back(std::move(timer));
    }
  }

  // The only statements that are not plain: opened for them, and shut again.
  void pragma(const std::function<void()>& ask) {
    sqlite3_set_authorizer(db_.handle(), nullptr, nullptr);
    ask();
    db_.lock_down();
  }

  std::unique_ptr<Connection> owned_;  // until reader_ owns it
  Connection& db_;
  sqlite::SqliteReader reader_;
};

Result<void> check_schema(const std::filesystem::path& file) {
  const auto db = open_connection(file);
  sqlite3_set_authorizer(db->handle(), nullptr, nullptr);
  const auto pending = sqlite::pending_migrations(*db, sqlite::k_store_migrations);
  if (!pending) return tl::make_unexpected(pending.error());
  if (pending->empty()) return {};
  return refuse(Code::file_unreadable,
                {{"path", file.string()},
                 {"reason", bilingual("数据版本较旧，请先以本程序启动一次服务",
                                      "its schema is older; start the service once with this program")}});
}

}  // namespace

Result<SqliteScans> SqliteScans::open(const std::filesystem::path& folder) {
  const auto file = folder / "sparkgate.db";
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return refuse(Code::file_unreadable,
                  {{"path", file.string()}, {"reason", bilingual("没有这个文件", "there is no such file")}});
  }
  auto lock = FolderLock::take(folder);
  if (!lock) return tl::make_unexpected(lock.error());
  try {
    if (auto known = check_schema(file); !known) return tl::make_unexpected(known.error());
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
  return SqliteScans(file, std::move(*lock));
}

std::unique_ptr<Scan> SqliteScans::scan() const { return std::make_unique<SqliteScan>(file_); }

}  // namespace sparkgate
