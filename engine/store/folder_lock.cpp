#include "engine/store/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/base/codes.h"

namespace sparkgate {

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  ::umask(0077);  // nothing that this process makes is for others
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return refuse(Code::file_unreadable, {{"path", folder.string()}, {"reason", error.message()}});
  const auto path = folder / "lock";
  FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0) {
    return refuse(Code::file_unreadable, {{"path", path.string()}, {"reason", std::strerror(errno)}});
  }
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) return refuse(Code::data_in_use, {{"path", folder.string()}});
  return lock;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace sparkgate
