// A file that is always whole: the old content or the new, also after a crash or a power loss.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/base/refusal.h"

namespace sparkgate {

/// Puts `content` in the file's place, mode 0600; returns once the disk has it. One writer at a time.
/// Refuses file_unwritable, and the old content stays.
Result<void> replace_durably(const std::filesystem::path& file, std::string_view content);

struct CopiedFile {
  Digest sha256{};
  int64_t bytes = 0;
};
/// Copies a file, mode 0600, and tells what it held; returns once the disk has it. Refuses file_unreadable and
/// file_unwritable.
Result<CopiedFile> copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// A folder of mode 0700, where there is none; its name is on the disk when this returns. Refuses file_unwritable.
Result<void> make_folder_durably(const std::filesystem::path& folder);

/// A file that comes piece by piece, mode 0600: it has its name once it is whole. What is not kept goes with this.
class NewFile {
 public:
  /// In a folder that is there. Refuses file_unwritable.
  static Result<NewFile> make(const std::filesystem::path& file);
  NewFile(NewFile&&) noexcept;
  ~NewFile();
  /// Refuses file_unwritable.
  Result<void> write(std::string_view bytes);
  /// Returns once the disk has it. Refuses file_unwritable.
  Result<void> keep();

 private:
  struct Open;
  explicit NewFile(std::unique_ptr<Open> open);
  std::unique_ptr<Open> open_;
};

}  // namespace sparkgate
