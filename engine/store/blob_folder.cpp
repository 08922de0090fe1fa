#include "engine/store/blob_folder.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "engine/base/codes.h"

namespace sparkgate {

Result<void> BlobFolder::make_folders(const std::filesystem::path& file) const {
  for (const auto& folder : {folder_, file.parent_path()}) {
    if (auto made = make_folder_durably(folder); !made) return made;
  }
  return {};
}

Result<void> BlobFolder::put(std::string_view name, std::string_view bytes) const {
  const auto file = path_of(name);
  if (auto made = make_folders(file); !made) return made;
  return replace_durably(file, bytes);
}

Result<NewFile> BlobFolder::begin(std::string_view name) const {
  const auto file = path_of(name);
  if (auto made = make_folders(file); !made) return tl::make_unexpected(made.error());
  return NewFile::make(file);
}

Result<std::string> BlobFolder::get(std::string_view name) const {
  const auto file = path_of(name);
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) return refuse(Code::file_unreadable, {{"path", file.string()}, {"reason", std::strerror(errno)}});
  return bytes;
}

void BlobFolder::remove(std::string_view name) const {
  std::error_code ignored;  // what cannot be removed now is found again by whoever asks for all names
  std::filesystem::remove(path_of(name), ignored);
}

std::optional<Time> BlobFolder::written(std::string_view name) const {
  std::error_code none;
  const auto at = std::filesystem::last_write_time(path_of(name), none);
  if (none) return std::nullopt;
  return std::chrono::floor<milliseconds>(std::chrono::file_clock::to_sys(at));
}

void BlobFolder::each_name(const std::function<void(const std::string& name)>& visit) const {
  std::error_code gone;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_, gone)) {
    if (file.is_regular_file(gone)) visit(file.path().filename().string());
  }
}

}  // namespace sparkgate
