#include "engine/store/sqlite/sqlite.h"

#include <cerrno>
#include <cstring>

#include "engine/base/codes.h"
#include "engine/store/store.h"

namespace sparkgate::sqlite {
namespace {

// What a statement of ours may do. Everything else (ATTACH, PRAGMA, schema changes, extensions) is refused once the
// connection is set up: an injected statement would find no door. FTS5 asks whether others have written.
int authorize(void*, int action, const char* name, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_PRAGMA:
      return std::strcmp(name, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

constexpr const char* k_set_up_writer =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16384;";
constexpr const char* k_set_up_reader =
    "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096;";
constexpr int k_wait_ms = 5000;  // for a lock that another connection holds

}  // namespace

Connection::Connection(const std::filesystem::path& file, Access access) {
  const bool write = access == Access::write;
  const int flags = (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);  // to be closed whether it opened or not
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(handle(), k_wait_ms);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  script(write ? k_set_up_writer : k_set_up_reader);
  if (!write) lock_down();
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

void Connection::fail(int code) {
  // SQLite itself knows only ENOSPC as a full disk; a quota or a limit on a file's size is one too.
  const bool no_room =
      (code & 0xFF) == SQLITE_FULL || (code == SQLITE_IOERR_WRITE && (errno == EDQUOT || errno == EFBIG));
  const std::string what = handle_ ? sqlite3_errmsg(handle()) : sqlite3_errstr(code);
  const int primary = code & 0xFF;
  if (primary == SQLITE_CONSTRAINT || primary == SQLITE_MISUSE) throw std::logic_error(what);
  throw StoreError(no_room ? Code::disk_full : Code::store_failed, what);
}

void Connection::lock_down() { sqlite3_set_authorizer(handle(), authorize, nullptr); }

void Connection::script(std::string_view sql) {
  const std::string text(sql);
  if (const int code = sqlite3_exec(handle(), text.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) fail(code);
}

// Deleting with secure_delete is not enough: cells that moved to another page stay in the free part of the old one, and
// are not overwritten there. The log begins anew first, so that the new pages are written over its old ones.
void Connection::vacuum() {
  sqlite3_busy_timeout(handle(), 0);                   // a reader in the way is a backup, which takes its time
  sqlite3_set_authorizer(handle(), nullptr, nullptr);  // VACUUM attaches a database, which is in memory
  const auto checkpoint = [&](int mode) {
    return sqlite3_wal_checkpoint_v2(handle(), nullptr, mode, nullptr, nullptr) == SQLITE_OK;
  };
  if (checkpoint(SQLITE_CHECKPOINT_RESTART)) {
    sqlite3_exec(handle(), "VACUUM", nullptr, nullptr, nullptr);
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);  // also what a disk that was too full for all pages took
  }
  lock_down();
  sqlite3_busy_timeout(handle(), k_wait_ms);
}

sqlite3_stmt* Connection::prepared(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (!statement) {
    const int code = sqlite3_prepare_v3(handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(code);
  }
  return statement;
}

Run::~Run() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Run& Run::bind(std::string_view text) {
  // A null pointer would bind NULL; an empty text is a text.
  const char* data = text.data() ? text.data() : "";
  sqlite3_bind_text(statement_, ++bound_, data, static_cast<int>(text.size()), SQLITE_STATIC);
  return *this;
}

Run& Run::bind(int64_t number) {
  sqlite3_bind_int64(statement_, ++bound_, number);
  return *this;
}

Run& Run::bind_blob(std::string_view bytes) {
  const char* data = bytes.data() ? bytes.data() : "";  // as above
  sqlite3_bind_blob(statement_, ++bound_, data, static_cast<int>(bytes.size()), SQLITE_STATIC);
  return *this;
}

Run& Run::bind_null() {
  sqlite3_bind_null(statement_, ++bound_);
  return *this;
}

bool Run::step() {
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.fail(code);
  return false;
}

std::string_view Run::view() {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column_));
  const int size = sqlite3_column_bytes(statement_, column_++);
  return {data ? data : "", static_cast<size_t>(size)};
}

std::string Run::text() { return std::string(view()); }

int64_t Run::number() { return sqlite3_column_int64(statement_, column_++); }

std::optional<Time> Run::maybe_time() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return time();
  ++column_;
  return std::nullopt;
}

std::optional<std::string> Run::maybe_text() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return text();
  ++column_;
  return std::nullopt;
}

std::optional<std::string_view> Run::maybe_view() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return view();
  ++column_;
  return std::nullopt;
}

Digest Run::digest() {
  const std::string_view bytes = view();
  Digest out{};
  if (bytes.size() == out.size()) std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

}  // namespace sparkgate::sqlite
