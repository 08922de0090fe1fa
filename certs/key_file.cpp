#include "certs/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <system_error>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

constexpr int k_max_links = 8;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

std::string system_reason() { return std::generic_category().message(errno); }

tl::unexpected<Refusal> unreadable(const std::filesystem::path& file, Json reason) {
  return refuse(Code::key_unreadable, {{"path", file.string()}, {"reason", std::move(reason)}});
}

tl::unexpected<Refusal> exposed(const std::filesystem::path& file, Json reason) {
  return refuse(Code::key_exposed, {{"path", file.string()}, {"reason", std::move(reason)}});
}

// Where the link points to; the link is held open meanwhile, so that owner and target are of the same one.
Result<std::filesystem::path> target_of(const std::filesystem::path& link) {
  const Descriptor held(::open(link.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  std::array<char, PATH_MAX> target;
  if (!held || ::fstat(held.get(), &status) != 0) return unreadable(link, system_reason());
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    return exposed(link, bilingual("该符号链接属于他人", "this symbolic link belongs to somebody else"));
  }
  const ssize_t length = ::readlinkat(held.get(), "", target.data(), target.size());
  if (length < 0) return unreadable(link, system_reason());
  return link.parent_path() / std::string_view(target.data(), static_cast<size_t>(length));
}

Result<Descriptor> open_own(std::filesystem::path file) {
  for (int links = 0; links < k_max_links; ++links) {
    Descriptor held(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (held) return held;
    if (errno != ELOOP) return unreadable(file, system_reason());
    auto target = target_of(file);
    if (!target) return tl::unexpected(target.error());
    file = std::move(*target);
  }
  return unreadable(file, bilingual("符号链接过多", "too many symbolic links"));
}

Result<void> check_mode(const std::filesystem::path& file, int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return unreadable(file, system_reason());
  if (!S_ISREG(status.st_mode)) return unreadable(file, bilingual("不是普通文件", "it is not a plain file"));
  if ((status.st_mode & 077) != 0) {
    std::array<char, 8> mode;
    std::snprintf(mode.data(), mode.size(), "%04o", static_cast<unsigned>(status.st_mode & 07777));
    return exposed(file, bilingual(std::string("权限为 ") + mode.data(), std::string("its mode is ") + mode.data()));
  }
  return {};
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno != EINTR) return false;
    content.remove_prefix(static_cast<size_t>(std::max<ssize_t>(written, 0)));
  }
  return ::fsync(descriptor) == 0;
}

bool sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Descriptor held(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return held && ::fsync(held.get()) == 0;
}

}  // namespace

Result<Secret> read_secret(const std::filesystem::path& file) {
  auto held = open_own(file);
  if (!held) return tl::unexpected(held.error());
  if (auto fit = check_mode(file, held->get()); !fit) return tl::unexpected(fit.error());
  Secret content(k_max_secret_bytes + 1);  // never grows: no copy is left behind
  size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(held->get(), content.data() + size, content.size() - size);
    if (got < 0 && errno != EINTR) return unreadable(file, system_reason());
    if (got == 0) break;
    size += static_cast<size_t>(std::max<ssize_t>(got, 0));
  }
  if (size > k_max_secret_bytes) return unreadable(file, bilingual("文件过大", "the file is too large"));
  content.resize(size);
  return content;
}

Result<void> write_secret(const std::filesystem::path& file, std::string_view content) {
  const auto refusal = [&] {
    return refuse(Code::file_unwritable, {{"path", file.string()}, {"reason", system_reason()}});
  };
  const Descriptor held(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!held) return refusal();
  if (write_all(held.get(), content) && sync_folder_of(file)) return {};
  auto why = refusal();
  ::unlink(file.c_str());  // half a key is no key
  return why;
}

}  // namespace sparkgate
