#include "engine/store/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  Descriptor(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool is_open() const { return fd_ >= 0; }
  bool sync() const { return ::fsync(fd_) == 0; }
  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(count));
    }
    return true;
  }

 private:
  int fd_;
};

tl::unexpected<Refusal> unwritable(const std::filesystem::path& path) {
  return refuse(Code::file_unwritable, {{"path", path.string()}, {"reason", std::strerror(errno)}});
}

}  // namespace

Result<void> make_folder_durably(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(folder);
  const Descriptor above(folder.parent_path(), O_RDONLY | O_DIRECTORY);
  return above.is_open() && above.sync() ? Result<void>() : unwritable(folder);
}

Result<void> replace_durably(const std::filesystem::path& file, std::string_view content) {
  auto fresh = file;
  fresh += ".new";
  {
    const Descriptor out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.is_open() || !out.write(content) || !out.sync()) return unwritable(file);
  }
  const Descriptor folder(file.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!folder.is_open() || std::rename(fresh.c_str(), file.c_str()) != 0 || !folder.sync()) return unwritable(file);
  return {};
}

}  // namespace sparkgate
