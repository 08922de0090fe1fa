// A copy of a SQLite store, of one moment, while others read and write it.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/refusal.h"

namespace sparkgate {

/// Writes the store of the data directory into a new file, by SQLite's backup interface: whole, of one moment, without
/// a write-ahead log beside it. Takes no lock, so the service may run; nobody waits for it. `progress`: percent, now
/// and then. Refuses file_unreadable (there is no store), store_failed and disk_full.
Result<void> copy_sqlite_store(const std::filesystem::path& folder, const std::filesystem::path& to,
                               const std::function<void(int percent)>& progress);

/// The same of the database of public reports, `folder`/reports.db.
Result<void> copy_sqlite_intake(const std::filesystem::path& folder, const std::filesystem::path& to,
                                const std::function<void(int percent)>& progress);

}  // namespace sparkgate
