#include "engine/store/sqlite/sqlite_intake.h"

#include <mutex>

#include "engine/base/codes.h"
#include "engine/store/folder_lock.h"
#include "engine/store/sqlite/sqlite_intake_writer.h"
#include "engine/store/sqlite/sqlite_migrations.h"
#include "engine/store/store.h"

namespace sparkgate {
namespace {

using sqlite::Connection;

// The write-ahead log goes over into the database after so many pages, when something is committed.
constexpr int k_checkpoint_pages = 256;

// Ends a transaction that was not committed, however its work was left.
class RollbackAtEnd {
 public:
  explicit RollbackAtEnd(Connection& db) : db_(db) {}
  RollbackAtEnd(const RollbackAtEnd&) = delete;
  ~RollbackAtEnd() {
    if (sqlite3_get_autocommit(db_.handle()) == 0) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

 private:
  Connection& db_;
};

// One connection reads. A handful of officers and whoever sends a report ask for a few rows each, which takes less than
// a request's own cryptography; several would only make the log wait for more of them.
class SqliteIntake final : public IntakeStore {
 public:
  SqliteIntake(std::filesystem::path file, FolderLock lock)
      : file_(std::move(file)), lock_(std::move(lock)), writer_(file_, Connection::Access::write) {}

  Result<void> open() {
    if (auto migrated = sqlite::migrate(writer_, sqlite::k_intake_migrations); !migrated) return migrated;
    writer_.lock_down();
    sqlite3_wal_autocheckpoint(writer_.handle(), k_checkpoint_pages);
    writer_.vacuum();  // a crash, or whatever was in the way, may have left something
    reader_ = std::make_unique<Connection>(file_, Connection::Access::read);
    return {};
  }

  void write(const std::function<void(IntakeWriter&)>& work) override {
    const std::lock_guard lock(writing_);
    const RollbackAtEnd rollback(writer_);
    writer_.run("BEGIN IMMEDIATE").done();
    sqlite::SqliteIntakeWriter writer(writer_);
    work(writer);
    writer_.run("COMMIT").done();
    if (!writer.has_removed()) return;
    const std::lock_guard no_reader(reading_);
    writer_.vacuum();
  }

  void read(const std::function<void(IntakeReader&)>& work) override {
    const std::lock_guard lock(reading_);
    const RollbackAtEnd rollback(*reader_);
    reader_->run("BEGIN").done();
    sqlite::SqliteIntakeReader reader(*reader_);
    work(reader);
  }

 private:
  std::filesystem::path file_;
  FolderLock lock_;
  std::mutex writing_, reading_;  // where both are held: in this order
  Connection writer_;
  std::unique_ptr<Connection> reader_;
};

// What an operator copied here may have come with other modes.
Result<FolderLock> take_private(const std::filesystem::path& folder) {
  auto lock = FolderLock::take(folder);
  if (!lock) return lock;
  std::error_code error;
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) return refuse(Code::file_unreadable, {{"path", folder.string()}, {"reason", error.message()}});
  return lock;
}

}  // namespace

Result<std::unique_ptr<IntakeStore>> open_sqlite_intake(const std::filesystem::path& folder) {
  auto lock = take_private(folder);
  if (!lock) return tl::make_unexpected(lock.error());
  try {
    auto store = std::make_unique<SqliteIntake>(folder / "reports.db", std::move(*lock));
    if (auto opened = store->open(); !opened) return tl::make_unexpected(opened.error());
    return store;
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
}

}  // namespace sparkgate
