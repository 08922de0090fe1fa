// Files that hold secrets: read only when nobody else can, written so that nobody else ever could.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "certs/secret_memory.h"
#include "engine/base/refusal.h"

namespace sparkgate {

/// Overwritten when it goes; a vector, since a short std::string lives in places that are not.
using Secret = std::vector<char, WipingAllocator<char>>;

inline constexpr size_t k_max_secret_bytes = 65536;

/// Refuses key_unreadable (not there, not a plain file, too large) and key_exposed: group or others have any access, or
/// a symbolic link to it belongs neither to us nor to root.
Result<Secret> read_secret(const std::filesystem::path& file);

/// Makes the file with mode 0600, on disk when this returns. Refuses file_unwritable, also when the file exists.
Result<void> write_secret(const std::filesystem::path& file, std::string_view content);

}  // namespace sparkgate
