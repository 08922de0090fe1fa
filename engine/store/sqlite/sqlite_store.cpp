#include "engine/store/sqlite/sqlite_store.h"

#include "engine/store/folder_lock.h"
#include "engine/store/sqlite/sqlite_migrations.h"
#include "engine/store/sqlite/sqlite_writer.h"

namespace sparkgate {
namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, FolderLock lock)
      : file_(std::move(file)), lock_(std::move(lock)), db_(file_, sqlite::Connection::Access::write) {}
  Result<void> open() {
    if (auto migrated = sqlite::migrate(db_, sqlite::k_store_migrations); !migrated) return migrated;
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
