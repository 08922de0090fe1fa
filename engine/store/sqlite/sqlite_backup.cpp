#include "engine/store/sqlite/sqlite_backup.h"

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite.h"
#include "engine/store/store.h"

namespace sparkgate {
namespace {

constexpr int k_pages_a_step = 1024;

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Target = std::unique_ptr<sqlite3, Close>;

struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

[[noreturn]] void fail(int code, sqlite3* target) {
  const bool no_room = (code & 0xFF) == SQLITE_FULL;
  throw StoreError(no_room ? Code::disk_full : Code::store_failed,
                   target ? sqlite3_errmsg(target) : sqlite3_errstr(code));
}

Target open_target(const std::filesystem::path& file) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  Target target(opened);  // to be closed whether it opened or not
  if (code != SQLITE_OK) fail(code, opened);
  return target;
}

void copy_pages(sqlite3* source, sqlite3* target, const std::function<void(int percent)>& progress) {
  const std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(target, "main", source, "main"));
  if (!backup) fail(sqlite3_errcode(target), target);
  int code = SQLITE_OK;
  while ((code = sqlite3_backup_step(backup.get(), k_pages_a_step)) == SQLITE_OK) {
    const int total = sqlite3_backup_pagecount(backup.get()), left = sqlite3_backup_remaining(backup.get());
    progress(total == 0 ? 100 : static_cast<int>(100LL * (total - left) / total));
  }
  if (code != SQLITE_DONE) fail(code, target);
}

// One read transaction over all steps: what is written meanwhile is in none of them, and no step begins anew. Closing
// must not carry the log over into the file: the service alone does that (the WAL-reset bug of SQLite before 3.51.3).
Result<void> copy_database(const std::filesystem::path& file, const std::filesystem::path& to,
                           const std::function<void(int percent)>& progress) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return refuse(Code::file_unreadable,
                  {{"path", file.string()}, {"reason", bilingual("没有这个文件", "there is no such file")}});
  }
  try {
    sqlite::Connection source(file, sqlite::Connection::Access::read);
    sqlite3_db_config(source.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    source.run("BEGIN").done();
    source.run("SELECT count(*) FROM sqlite_schema").step();
    const Target target = open_target(to);
    copy_pages(source.handle(), target.get(), progress);
    if (const int code = sqlite3_exec(target.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr)) {
      fail(code, target.get());
    }
  } catch (const StoreError& failed) {
    return tl::make_unexpected(failed.refusal());
  }
  return {};
}

}  // namespace

Result<void> copy_sqlite_store(const std::filesystem::path& folder, const std::filesystem::path& to,
                               const std::function<void(int percent)>& progress) {
  return copy_database(folder / "sparkgate.db", to, progress);
}

Result<void> copy_sqlite_intake(const std::filesystem::path& folder, const std::filesystem::path& to,
                                const std::function<void(int percent)>& progress) {
  return copy_database(folder / "reports.db", to, progress);
}

}  // namespace sparkgate
