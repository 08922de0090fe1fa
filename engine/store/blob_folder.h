// Files that never change, by name, two letters deep: FOLDER/ab/abcd…. Each is whole on the disk or not there at all.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/time.h"
#include "engine/store/durable_file.h"

namespace sparkgate {

/// Names are the caller's: two characters or more, no slash. One writer at a time; readers at any time.
class BlobFolder {
 public:
  explicit BlobFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Modes 0700 and 0600; returns once the disk has it. What lies there already is replaced: it may be damaged.
  /// Refuses file_unwritable.
  Result<void> put(std::string_view name, std::string_view bytes) const;
  /// One that comes piece by piece; see NewFile. Refuses file_unwritable.
  Result<NewFile> begin(std::string_view name) const;
  /// Refuses file_unreadable.
  Result<std::string> get(std::string_view name) const;
  /// Nothing happens when there is none.
  void remove(std::string_view name) const;
  /// When it was written last. Nothing when there is none.
  std::optional<Time> written(std::string_view name) const;
  /// Of all files, also those that a crash has left unfinished (NAME.new).
  void each_name(const std::function<void(const std::string& name)>& visit) const;

 private:
  std::filesystem::path path_of(std::string_view name) const { return folder_ / name.substr(0, 2) / name; }
  Result<void> make_folders(const std::filesystem::path& file) const;
  std::filesystem::path folder_;
};

}  // namespace sparkgate
