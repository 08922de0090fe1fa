#include "engine/store/sqlite/sqlite_intake_scan.h"

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_intake_reader.h"
#include "engine/store/sqlite/sqlite_migrations.h"

namespace sparkgate {
namespace {

std::vector<std::string> damage_of(sqlite::Connection& db) {
  std::vector<std::string> out;
  sqlite::Run row = db.run("PRAGMA integrity_check(20)");
  while (row.step()) out.push_back(row.text());
  if (out == std::vector<std::string>{"ok"}) out.clear();
  return out;
}

}  // namespace

Result<void> scan_sqlite_intake(const std::filesystem::path& folder, const IntakeScan& scan) {
  const auto file = folder / "reports.db";
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none)) return {};
  sqlite::Connection db(file, sqlite::Connection::Access::read);
  sqlite3_db_config(db.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_set_authorizer(db.handle(), nullptr, nullptr);  // for two questions that are no plain statements
  const auto pending = sqlite::pending_migrations(db, sqlite::k_intake_migrations);
  if (!pending) return tl::make_unexpected(pending.error());
  if (!pending->empty()) return refuse(Code::data_too_new, {{"actual", 0}, {"needed", pending->size()}});
  const auto damage = damage_of(db);
  db.lock_down();
  sqlite::SqliteIntakeReader reader(db);
  scan(reader, damage);
  return {};
}

}  // namespace sparkgate
