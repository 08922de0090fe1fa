// The store on SQLite: one file in one data directory, owned by one process.
#pragma once

#include <filesystem>

#include "engine/store/store.h"

namespace sparkgate {

/// Opens or creates `folder`/sparkgate.db (mode 0600, folder 0700), takes the folder's lock and migrates the schema.
/// Refuses with data_in_use, data_too_new, store_failed, disk_full or file_unreadable.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& folder);

}  // namespace sparkgate
