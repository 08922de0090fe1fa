#include "admin/cleaner.h"

#include <sys/vfs.h>

#include <cstdlib>
#include <fstream>

#include "engine/base/codes.h"
#include "engine/base/digest.h"
#include "engine/store/durable_file.h"

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;

constexpr long k_tmpfs = 0x01021994;  // TMPFS_MAGIC

bool is_in_memory(const fs::path& folder) {
  struct statfs of {};
  return statfs(folder.c_str(), &of) == 0 && of.f_type == k_tmpfs;
}

tl::unexpected<Refusal> not_cleaned(const char* zh, const char* en) {
  return refuse(Code::file_not_cleaned, {{"reason", bilingual(zh, en)}});
}

// Mode 0700, of a name that nobody can foresee.
class PrivateFolder {
 public:
  PrivateFolder(const fs::path& parent, const std::string& prefix) {
    std::string name = (parent / (prefix + "XXXXXX")).string();
    if (::mkdtemp(name.data())) path_ = name;
  }
  PrivateFolder(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }  // "" when it could not be made

 private:
  fs::path path_;
};

// A plain file alone: whoever took the program over must not make us read another one.
std::optional<std::string> read_plain(const fs::path& file) {
  std::error_code none;
  if (fs::symlink_status(file, none).type() != fs::file_type::regular) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return in && !bytes.empty() ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace

Cleaner::Cleaner(Options options, const fs::path& data, const std::function<void(const std::string&)>& log)
    : options_(std::move(options)) {
  const std::string place = hex(sha256(fs::weakly_canonical(fs::absolute(data)).string()));
  prefix_ = "sparkgate-clean-" + place.substr(0, 16) + "-";
  if (!is_in_memory(options_.memory)) {
    log(options_.memory.string() + " is no tmpfs: cleaned copies of reports' files are made on a disk");
    options_.memory = fs::temp_directory_path();
  }
  remove_leftovers();
}

void Cleaner::remove_leftovers() const {
  std::error_code gone;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(options_.memory, gone)) {
    if (entry.path().filename().string().starts_with(prefix_)) found.push_back(entry.path());
  }
  for (const fs::path& folder : found) fs::remove_all(folder, gone);
}

Result<std::string> Cleaner::clean(std::string_view bytes, std::string_view extension) const {
  std::error_code none;
  if (!fs::exists(options_.program, none)) return refuse(Code::cleaner_missing);
  const PrivateFolder folder(options_.memory, prefix_);
  const std::string name = "file." + std::string(extension);
  if (folder.path().empty() || !replace_durably(folder.path() / name, bytes)) {
    return not_cleaned("没有存放临时文件的空间", "there is no room to make it in");
  }
  switch (run_program({options_.program.string(), name}, folder.path(), options_.limits)) {
    case ProgramEnd::badly: return not_cleaned("文件已损坏或不受支持", "the file is damaged or not supported");
    case ProgramEnd::too_late: return not_cleaned("耗时过长", "it would take too long");
    case ProgramEnd::well: break;
  }
  auto cleaned = read_plain(folder.path() / ("file.cleaned." + std::string(extension)));
  if (!cleaned) return not_cleaned("文件已损坏或不受支持", "the file is damaged or not supported");
  return std::move(*cleaned);
}

}  // namespace sparkgate::admin
