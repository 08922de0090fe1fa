// Public reports on SQLite: one file in one folder, owned by one process.
//
// What is erased is gone from the database and its write-ahead log. A file system may hold it all the same, in blocks
// that it has freed (of a log that was emptied, of the end of a file that became shorter), in snapshots, where it
// copies on writing; a disk may, where it levels wear; backups do. Against those who read there only an encrypted disk
// helps.
#pragma once

#include <filesystem>

#include "engine/base/refusal.h"
#include "engine/store/intake_store.h"

namespace sparkgate {

/// Opens or creates `folder`/reports.db (mode 0600, folder 0700), takes the folder's lock and migrates the schema.
/// Refuses with data_in_use, data_too_new, store_failed, disk_full or file_unreadable.
Result<std::unique_ptr<IntakeStore>> open_sqlite_intake(const std::filesystem::path& folder);

}  // namespace sparkgate
