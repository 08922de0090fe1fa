#include "engine/store/sqlite/sqlite_store.h"

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "engine/store/folder_lock.h"
#include "engine/store/sqlite/sqlite_writer.h"

namespace sparkgate {
namespace {

constexpr std::string_view k_migrations = "engine/store/sqlite/migrations/";

int64_t schema_version(sqlite::Connection& db) {
  sqlite::Run row = db.run("PRAGMA user_version");
  row.step();
  return row.number();
}

// Each migration runs in a transaction that also raises user_version, so a crash leaves the schema before or after it.
Result<void> migrate(sqlite::Connection& db) {
  const auto files = embedded_below(k_migrations);
  const int64_t have = schema_version(db);
  const auto known = static_cast<int64_t>(files.size());
  if (have > known) return refuse(Code::data_too_new, {{"actual", have}, {"needed", known}});
  for (int64_t i = have; i < known; ++i) {
    const std::string version = std::to_string(i + 1);
    db.script("BEGIN IMMEDIATE;");
    db.script(embedded(files[i]));
    db.script("PRAGMA user_version = " + version + "; COMMIT;");
  }
  return {};
}

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, FolderLock lock)
      : file_(std::move(file)), lock_(std::move(lock)), db_(file_, sqlite::Connection::Access::write) {}
  Result<void> open() {
    if (auto migrated = migrate(db_); !migrated) return migrated;
    db_.lock_down();
    writer_ = std::make_unique<sqlite::SqliteWriter>(db_);
    return {};
  }
  Writer& writer() override { return *writer_; }
  std::unique_ptr<Reader> reader() override {
    return std::make_unique<sqlite::SqliteReader>(
        std::make_unique<sqlite::Connection>(file_, sqlite::Connection::Access::read));
  }

 private:
  std::filesystem::path file_;
  FolderLock lock_;
  sqlite::Connection db_;
  std::unique_ptr<sqlite::SqliteWriter> writer_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& folder) {
  auto lock = FolderLock::take(folder);
  if (!lock) return tl::make_unexpected(lock.error());
  try {
    auto store = std::make_unique<SqliteStore>(folder / "sparkgate.db", std::move(*lock));
    if (auto opened = store->open(); !opened) return tl::make_unexpected(opened.error());
    return store;
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
}

}  // namespace sparkgate
