// Holds a data directory for one process; the kernel lets go when the process ends, however it ends.
#pragma once

#include <filesystem>
#include <utility>

#include "engine/base/refusal.h"

namespace sparkgate {

class FolderLock {
 public:
  /// Makes the folder when it is absent, for its owner alone. Refuses file_unreadable and data_in_use.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace sparkgate
