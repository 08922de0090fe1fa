// Named files in one zip: written the same way every time, read with strict bounds.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/refusal.h"

namespace sparkgate::evidence {

using Files = std::map<std::string, std::string, std::less<>>;

/// What reading a bundle may cost: hostile archives stay below. A reader holds the archive, its contents and one file
/// parsed, so less than 256 MiB.
inline constexpr size_t k_max_archive_bytes = 32 << 20;
inline constexpr size_t k_max_files = 32'000;
inline constexpr size_t k_max_file_bytes = 4 << 20;
inline constexpr size_t k_max_content_bytes = 64 << 20;
inline constexpr size_t k_max_ratio = 200;  // contents to archive, beyond the first MiB
inline constexpr size_t k_max_name_bytes = 120;

/// Small letters, digits, ".", "-", "_" in steps joined by "/"; no step is "" or begins with a dot.
bool is_archive_name(std::string_view name);

/// `first` stands first, then the others in order of their names; times and attributes are constant. Throws
/// std::invalid_argument for names that are none, std::runtime_error when libzip fails.
std::string write_archive(const Files& files, std::string_view first);

/// Refuses bundle_unusable: what is no zip, is cut off, damaged, encrypted, or holds anything but plain files with
/// names as above, each once; bytes before or behind the archive, comments, ZIP64; and all beyond the bounds, measured
/// while unpacking.
Result<Files> read_archive(std::string_view bytes);

}  // namespace sparkgate::evidence
