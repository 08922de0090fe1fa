// The database of public reports as it lies there, for whoever checks it: nothing of it is changed.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/refusal.h"
#include "engine/store/intake_store.h"

namespace sparkgate {

/// `damage`: what SQLite's own check of the file finds, a line each.
using IntakeScan = std::function<void(IntakeReader& reader, const std::vector<std::string>& damage)>;

/// Of `folder`/reports.db, to which nobody writes meanwhile. Nothing happens where there is none. Refuses data_too_new
/// (or older than this program's schema); throws StoreError.
Result<void> scan_sqlite_intake(const std::filesystem::path& folder, const IntakeScan& scan);

}  // namespace sparkgate
