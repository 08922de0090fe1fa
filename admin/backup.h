// A backup of a data directory: a folder with a copy of all that it holds, a list of what is in it, and what a check of
// the copy found. And the way back.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/json.h"
#include "engine/base/time.h"

namespace sparkgate::admin {

inline constexpr std::string_view k_manifest_file = "manifest.json";
inline constexpr std::string_view k_unfinished = ".part";  // what a folder is called until its backup is whole

struct BackupOptions {
  std::filesystem::path data;
  std::filesystem::path to;  // a folder that is not there yet, or is empty
  bool with_files = true;    // photos, and sealed files of reports
  bool with_keys = false;    // of the log, and of marks of server time: who has them can sign in the service's name
};

/// Which of "database", "files", "verify" is done, and how far, in percent.
using BackupProgress = std::function<void(std::string_view step, int percent)>;

/// Of public reports it holds what is sealed, and the key by which rosters are verified; never the pepper, without
/// which no receipt code opens anything: that is kept elsewhere, on paper.
///
/// Makes one, while the service runs or not, and checks it as fsck does. The mark in it is that of the copy. Returns
/// its manifest: {format, made_at, version, log: {origin, size, root}, with_files, with_keys, bytes, entries, problems,
/// files: {name: {sha256, bytes}}}. Refuses folder_not_empty, file_unreadable, file_unwritable, store_failed and
/// disk_full.
Result<Json> make_backup(const BackupOptions& options, const Clock& clock, const BackupProgress& progress);

/// The manifest of the backup in that folder. Refuses backup_broken.
Result<Json> read_manifest(const std::filesystem::path& folder);

struct Restored {
  Json manifest;
  int64_t problems = 0;
};
/// Copies a backup into a data directory that is not there yet, or is empty, each file compared with the manifest, and
/// checks the whole. Refuses folder_not_empty, backup_broken, file_unwritable.
Result<Restored> restore_backup(const std::filesystem::path& from, const std::filesystem::path& data);

}  // namespace sparkgate::admin
