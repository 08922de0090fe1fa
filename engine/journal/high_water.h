// The high-water mark: how far the log has been signed, kept outside the database, so that a database restored from an
// old backup is known for what it is.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/base/digest.h"
#include "engine/base/refusal.h"

namespace sparkgate::journal {

struct Mark {
  Digest origin{};  // SHA-256 of the log's origin
  uint64_t size = 0;
  Digest root{};
  bool operator==(const Mark&) const = default;
};

class HighWater {
 public:
  /// Opens or makes the file, mode 0600. Refuses file_unwritable.
  static Result<HighWater> open(const std::filesystem::path& file);
  HighWater(HighWater&& other) noexcept;
  HighWater& operator=(HighWater&&) = delete;
  ~HighWater();

  /// The newest mark; nothing when the file is new or both of its slots are broken.
  const std::optional<Mark>& mark() const { return mark_; }
  /// A slot that should be there does not read: the last write was cut short, or the file was altered.
  bool is_torn() const { return is_torn_; }

  /// Readable by whatever process opens the file next, also after this one was killed; a power loss may take it back
  /// until sync(). Refuses file_unwritable.
  Result<void> write(const Mark& mark);
  /// Returns once the disk has it. From any thread.
  void sync() const;

 private:
  HighWater(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  void read();

  std::filesystem::path file_;
  int descriptor_;
  uint64_t counter_ = 0;
  std::optional<Mark> mark_;
  bool is_torn_ = false;
};

}  // namespace sparkgate::journal
