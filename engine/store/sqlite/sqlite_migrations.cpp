#include "engine/store/sqlite/sqlite_migrations.h"

#include "engine/base/codes.h"
#include "engine/base/embedded.h"

namespace sparkgate::sqlite {
namespace {

int64_t schema_version(Connection& db) {
  Run row = db.run("PRAGMA user_version");
  row.step();
  return row.number();
}

}  // namespace

Result<std::vector<std::string_view>> pending_migrations(Connection& db, std::string_view folder) {
  auto files = embedded_below(folder);
  const int64_t have = schema_version(db);
  const auto known = static_cast<int64_t>(files.size());
  if (have < 0 || have > known) return refuse(Code::data_too_new, {{"actual", have}, {"needed", known}});
  files.erase(files.begin(), files.begin() + have);
  return files;
}

// Each migration runs in a transaction that also raises user_version, so a crash leaves the schema before or after it.
Result<void> migrate(Connection& db, std::string_view folder) {
  const auto pending = pending_migrations(db, folder);
  if (!pending) return tl::make_unexpected(pending.error());
  for (const std::string_view file : *pending) {
    const std::string version = std::to_string(schema_version(db) + 1);
    db.script("BEGIN IMMEDIATE;");
    db.script(embedded(file));
    db.script("PRAGMA user_version = " + version + "; COMMIT;");
  }
  return {};
}

}  // namespace sparkgate::sqlite
