#include "api/photos/photos.h"

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_readers = 2;
constexpr int k_originals = 8;   // given out at a time, of 12 MB each
constexpr int k_displays = 64;   // of 1 MB
constexpr auto k_longest_wait = seconds(10);
constexpr auto k_unused_for = hours(24);
constexpr int k_sweep_at_once = 1000;

std::string display_name(const std::string& sha256) { return sha256 + std::string(k_display_copy); }

tl::unexpected<Refusal> lost(const std::string& sha256, const std::string& reason) {
  return refuse(Code::photo_lost, {{"sha256", sha256}, {"internal", reason}});
}

// Null when there is none.
std::shared_ptr<const void> room_of(std::counting_semaphore<>& semaphore) {
  if (!semaphore.try_acquire()) return nullptr;
  return {&semaphore, [&semaphore](const void*) { semaphore.release(); }};
}

class Turn {
 public:
  explicit Turn(std::counting_semaphore<>& semaphore)
      : semaphore_(semaphore), has_come_(semaphore.try_acquire_for(k_longest_wait)) {}
  Turn(const Turn&) = delete;
  ~Turn() {
    if (has_come_) semaphore_.release();
  }
  explicit operator bool() const { return has_come_; }

 private:
  std::counting_semaphore<>& semaphore_;
  const bool has_come_;
};

}  // namespace

Photos::Photos(Engine& engine, const std::filesystem::path& data, uintmax_t least_free_bytes)
    : engine_(engine),
      data_(data),
      least_free_bytes_(least_free_bytes),
      files_(data / k_photo_folder),
      readers_(k_readers),
      originals_(k_originals),
      displays_(k_displays) {}

Result<Photos::Kept> Photos::keep(std::string_view bytes, const std::string& account) {
  if (bytes.size() > k_most_photo_bytes) return refuse(Code::body_too_large, {{"limit_bytes", k_most_photo_bytes}});
  if (engine_.read()->count_photos_sent(account, engine_.clock().wall() - hours(24)) >= k_most_a_day) {
    return refuse(Code::too_many_photos, {{"limit", k_most_a_day}});
  }
  std::error_code unknown;
  const auto space = std::filesystem::space(data_, unknown);
  if (!unknown && space.available < least_free_bytes_ + 2 * bytes.size()) return refuse(Code::disk_full);
  auto read = read_in_turn(bytes);
  if (!read) return tl::make_unexpected(read.error());
  const std::lock_guard lock(mutex_);
  const auto known = engine_.read()->photo(read->photo.sha256);
  if (auto kept = put(*read, bytes, account); !kept) return tl::make_unexpected(kept.error());
  return Kept{std::move(read->photo), !known};
}

Result<ReadPhoto> Photos::read_in_turn(std::string_view bytes) {
  const Turn turn(readers_);
  if (!turn) return refuse(Code::too_busy);
  return read_photo(bytes);
}

// Files first, so that no row is without them.
Result<void> Photos::put(const ReadPhoto& read, std::string_view bytes, const std::string& account) {
  const std::string& name = read.photo.sha256;
  for (const auto& stored : {files_.put(name, bytes), files_.put(display_name(name), read.display)}) {
    if (!stored) return refuse(Code::store_failed, {{"internal", describe(stored.error())}});
  }
  return engine_.write([&](Writer& writer) { writer.put_photo(read.photo, account, engine_.clock().wall()); });
}

Result<Photos::Copy> Photos::original(const std::string& sha256) {
  auto room = room_of(originals_);
  if (!room) return refuse(Code::too_busy);
  auto bytes = files_.get(sha256);
  if (!bytes) return lost(sha256, describe(bytes.error()));
  if (hex(sparkgate::sha256(*bytes)) != sha256) return lost(sha256, "its file has another digest");
  return Copy{std::move(*bytes), std::move(room)};
}

Result<Photos::Copy> Photos::display(const std::string& sha256) {
  auto room = room_of(displays_);
  if (!room) return refuse(Code::too_busy);
  auto bytes = files_.get(display_name(sha256));
  if (!bytes) return lost(sha256, describe(bytes.error()));
  return Copy{std::move(*bytes), std::move(room)};
}

// Rows first: a crash in between leaves files without a row, which the next start removes.
Result<size_t> Photos::sweep() {
  if (engine_.clock_suspect()) return 0;
  const Time since = engine_.clock().wall() - k_unused_for;
  const auto unused = engine_.read()->unused_photos(since, k_sweep_at_once);
  const std::lock_guard lock(mutex_);
  std::vector<std::string> removed;
  auto written = engine_.write([&](Writer& writer) {
    removed.clear();
    for (const std::string& sha256 : unused) {
      if (writer.remove_unused_photo(sha256, since)) removed.push_back(sha256);
    }
  });
  if (!written) return tl::make_unexpected(written.error());
  for (const std::string& sha256 : removed) {
    files_.remove(sha256);
    files_.remove(display_name(sha256));
  }
  if (!are_strays_removed_) remove_stray_files();
  are_strays_removed_ = true;
  return removed.size();
}

void Photos::remove_stray_files() {
  std::vector<std::string> names;
  files_.each_name([&](const std::string& name) { names.push_back(name); });
  auto reader = engine_.read();
  for (const std::string& name : names) {
    const std::string sha256 = name.substr(0, name.find('.'));
    if (name.ends_with(".new") || !reader->photo(sha256)) files_.remove(name);
  }
}

}  // namespace sparkgate::api
