// A file that is always whole: the old content or the new, also after a crash or a power loss.
#pragma once

#include <filesystem>
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

}  // namespace sparkgate
