// file = slot slot, written in turns: a write cut short leaves the other one whole
// slot = "SGMARK1\n" u64be counter, origin (32 bytes), u64be size, root (32 bytes), the first 8 bytes of SHA-256 over
// all
//        of that, zeros up to 512 bytes (a sector)
// Written after COMMIT, without fsync: what a killed process wrote is in the page cache and stays. After a power loss
// the mark may be behind the database, which was fsynced before it, and that is harmless; never is it ahead of it.
#include "engine/journal/high_water.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "engine/base/codes.h"

namespace sparkgate::journal {
namespace {

constexpr std::string_view k_magic = "SGMARK1\n";
constexpr size_t k_slot_bytes = 512, k_counter_at = 8, k_origin_at = 16, k_size_at = 48, k_root_at = 56, k_sum_at = 88,
                 k_sum_bytes = 8;

std::string u64be(uint64_t number) {
  std::string out(8, '\0');
  for (size_t i = 8; i-- > 0; number >>= 8) out[i] = static_cast<char>(number & 0xff);
  return out;
}

uint64_t read_u64be(std::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

Digest read_digest(std::string_view bytes) {
  Digest digest;
  std::memcpy(digest.data(), bytes.data(), digest.size());
  return digest;
}

std::string sum_of(std::string_view body) { return std::string(bytes_of(sha256(body)).substr(0, k_sum_bytes)); }

std::string slot_of(uint64_t counter, const Mark& mark) {
  std::string slot(k_magic);
  slot += u64be(counter);
  slot += bytes_of(mark.origin);
  slot += u64be(mark.size);
  slot += bytes_of(mark.root);
  slot += sum_of(slot);
  slot.resize(k_slot_bytes, '\0');
  return slot;
}

bool is_whole(std::string_view slot) {
  return slot.size() == k_slot_bytes && slot.starts_with(k_magic) &&
         slot.substr(k_sum_at, k_sum_bytes) == sum_of(slot.substr(0, k_sum_at)) &&
         slot.find_first_not_of('\0', k_sum_at + k_sum_bytes) == slot.npos;
}

tl::unexpected<Refusal> unwritable(const std::filesystem::path& file) {
  return refuse(Code::file_unwritable, {{"path", file.string()}, {"reason", std::strerror(errno)}});
}

}  // namespace

Result<HighWater> HighWater::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return unwritable(file);
  HighWater out(file, descriptor);
  out.read();
  return out;
}

HighWater::HighWater(HighWater&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      counter_(other.counter_),
      mark_(other.mark_),
      is_torn_(other.is_torn_) {}

HighWater::~HighWater() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void HighWater::read() {
  std::string bytes(2 * k_slot_bytes, '\0');
  const ssize_t count = ::pread(descriptor_, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<size_t>(count) : 0);
  for (size_t at = 0; at < bytes.size(); at += k_slot_bytes) {
    const auto slot = std::string_view(bytes).substr(at, k_slot_bytes);
    if (!is_whole(slot)) {
      is_torn_ = is_torn_ || slot.find_first_not_of('\0') != slot.npos;  // zeros: not written yet
      continue;
    }
    const uint64_t counter = read_u64be(slot.substr(k_counter_at));
    if (mark_ && counter < counter_) continue;
    counter_ = counter;
    mark_ = Mark{read_digest(slot.substr(k_origin_at)), read_u64be(slot.substr(k_size_at)),
                 read_digest(slot.substr(k_root_at))};
  }
}

Result<void> HighWater::write(const Mark& mark) {
  const std::string slot = slot_of(counter_ + 1, mark);
  const auto at = static_cast<off_t>((counter_ + 1) % 2 * k_slot_bytes);
  errno = ENOSPC;  // what a short write means
  if (::pwrite(descriptor_, slot.data(), slot.size(), at) != static_cast<ssize_t>(slot.size()))
    return unwritable(file_);
  ++counter_;
  mark_ = mark;
  return {};
}

void HighWater::sync() const { ::fdatasync(descriptor_); }

}  // namespace sparkgate::journal
