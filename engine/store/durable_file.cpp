#include "engine/store/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "engine/base/codes.h"
#include "engine/base/digest_stream.h"

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
  // Into `room`: how many; -1 when it fails.
  ssize_t read(std::string& room) const {
    for (;;) {
      const ssize_t count = ::read(fd_, room.data(), room.size());
      if (count >= 0 || errno != EINTR) return count;
    }
  }
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

constexpr size_t k_read_at_once = 1 << 20;

}  // namespace

Result<CopiedFile> copy_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Descriptor in(from, O_RDONLY);
  const auto unreadable = [&] {
    return refuse(Code::file_unreadable, {{"path", from.string()}, {"reason", std::strerror(errno)}});
  };
  if (!in.is_open()) return unreadable();
  const Descriptor out(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (!out.is_open()) return unwritable(to);
  DigestStream hash;
  CopiedFile copied;
  std::string room(k_read_at_once, '\0');
  for (ssize_t count = in.read(room); count != 0; count = in.read(room)) {
    if (count < 0) return unreadable();
    const std::string_view bytes(room.data(), static_cast<size_t>(count));
    hash.add(bytes);
    if (!out.write(bytes)) return unwritable(to);
    copied.bytes += count;
  }
  const Descriptor folder(to.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!out.sync() || !folder.is_open() || !folder.sync()) return unwritable(to);
  copied.sha256 = hash.digest();
  return copied;
}

Result<void> make_folder_durably(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(folder);
  const Descriptor above(folder.parent_path(), O_RDONLY | O_DIRECTORY);
  return above.is_open() && above.sync() ? Result<void>() : unwritable(folder);
}

struct NewFile::Open {
  std::filesystem::path file, fresh;
  Descriptor out;
};

NewFile::NewFile(std::unique_ptr<Open> open) : open_(std::move(open)) {}
NewFile::NewFile(NewFile&&) noexcept = default;

NewFile::~NewFile() {
  std::error_code ignored;  // the next sweep finds it by its name
  if (open_) std::filesystem::remove(open_->fresh, ignored);
}

Result<NewFile> NewFile::make(const std::filesystem::path& file) {
  auto fresh = file;
  fresh += ".new";
  std::unique_ptr<Open> open(new Open{file, fresh, {fresh, O_WRONLY | O_CREAT | O_TRUNC}});
  if (!open->out.is_open()) return unwritable(file);
  return NewFile(std::move(open));
}

Result<void> NewFile::write(std::string_view bytes) {
  return open_->out.write(bytes) ? Result<void>() : unwritable(open_->file);
}

Result<void> NewFile::keep() {
  const auto& [file, fresh, out] = *open_;
  const Descriptor folder(file.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!out.sync() || std::rename(fresh.c_str(), file.c_str()) != 0) return unwritable(file);
  return folder.is_open() && folder.sync() ? Result<void>() : unwritable(file);
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
