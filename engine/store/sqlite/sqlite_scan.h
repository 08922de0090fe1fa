// A scan of a SQLite store.
#pragma once

#include "engine/store/folder_lock.h"
#include "engine/store/scan.h"

namespace sparkgate {

/// A data directory that nobody writes to while this lives. Nothing of it is changed, not even what SQLite would tidy.
class SqliteScans {
 public:
  /// Refuses file_unreadable (there is no store), data_in_use, data_too_new (or older than this program's schema),
  /// store_failed.
  static Result<SqliteScans> open(const std::filesystem::path& folder);
  /// One more, with a connection of its own: for one thread. Throws StoreError.
  std::unique_ptr<Scan> scan() const;

 private:
  SqliteScans(std::filesystem::path file, FolderLock lock) : file_(std::move(file)), lock_(std::move(lock)) {}
  std::filesystem::path file_;
  FolderLock lock_;
};

}  // namespace sparkgate
