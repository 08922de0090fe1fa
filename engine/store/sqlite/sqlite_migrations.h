// How the schema of a database is brought up to date: numbered scripts of one folder, embedded, of which user_version
// says how many it has had.
#pragma once

#include "engine/base/refusal.h"
#include "engine/store/sqlite/sqlite.h"

namespace sparkgate::sqlite {

inline constexpr std::string_view k_store_migrations = "engine/store/sqlite/migrations/";
inline constexpr std::string_view k_intake_migrations = "engine/store/sqlite/intake_migrations/";

/// The scripts that the database has not had yet, by path. Refuses data_too_new when it has had more than there are.
Result<std::vector<std::string_view>> pending_migrations(Connection& db, std::string_view folder);
/// Runs them. Refuses as above; throws StoreError. A connection that is locked down can do neither.
Result<void> migrate(Connection& db, std::string_view folder);

}  // namespace sparkgate::sqlite
