// The photos of the service: their files and rows, from arrival to removal. Who may see one is the routes' matter.
#pragma once

#include <mutex>
#include <semaphore>

#include "api/photos/photo.h"
#include "engine/engine.h"
#include "engine/store/blob_folder.h"

namespace sparkgate::api {

/// Any thread.
class Photos {
 public:
  static constexpr int64_t k_most_a_day = 500;  // that one account may send

  Photos(Engine& engine, const std::filesystem::path& data, uintmax_t least_free_bytes);

  struct Kept {
    StoredPhoto photo;
    bool is_new;
  };
  /// On the disk once this returns; the same bytes again are the same photo. At most two are read at a time.
  /// Refuses as read_photo; body_too_large, too_many_photos, too_busy, disk_full, store_failed.
  Result<Kept> keep(std::string_view bytes, const std::string& account);

  /// Bytes with the room that they take; whoever reads slowly must not fill the memory.
  struct Copy {
    std::string bytes;
    std::shared_ptr<const void> room;
  };
  /// The bytes as they were sent. Refuses photo_lost, also when they are not those any more; too_busy.
  Result<Copy> original(const std::string& sha256);
  /// The copy to be shown. Refuses photo_lost and too_busy.
  Result<Copy> display(const std::string& sha256);

  /// Removes photos that no instance links to and nobody has sent within a day, and, once, files that a crash has left
  /// without a row. Nothing while the clock is suspect. How many photos went.
  Result<size_t> sweep();

 private:
  Result<ReadPhoto> read_in_turn(std::string_view bytes);
  Result<void> put(const ReadPhoto& read, std::string_view bytes, const std::string& account);
  void remove_stray_files();

  Engine& engine_;
  const std::filesystem::path data_;
  const uintmax_t least_free_bytes_;
  const BlobFolder files_;
  std::counting_semaphore<> readers_, originals_, displays_;
  std::mutex mutex_;  // files and their rows change together
  bool are_strays_removed_ = false;
};

}  // namespace sparkgate::api
