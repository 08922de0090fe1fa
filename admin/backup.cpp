#include "admin/backup.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "admin/app.h"
#include "admin/fsck.h"
#include "engine/base/codes.h"
#include "engine/base/digest_stream.h"
#include "engine/journal/high_water.h"
#include "engine/store/durable_file.h"
#include "engine/store/sqlite/sqlite_backup.h"
#include "engine/store/sqlite/sqlite_scan.h"

namespace sparkgate::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_format = "sparkgate-backup/1";
constexpr const char* k_database = "sparkgate.db";
constexpr const char* k_mark = "high_water";
constexpr const char* k_secret_file = "field_mark_key";
constexpr const char* k_lock = "lock";
constexpr const char* k_intake = "intake";
constexpr const char* k_reports = "reports.db";
constexpr const char* k_lead = "lead.pub";
constexpr size_t k_read_at_once = 1 << 20;

// Absolute, and without a slash at its end.
fs::path plain(const fs::path& folder) {
  const fs::path path = fs::absolute(folder).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Result<void> make_empty(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return refuse(Code::folder_not_empty, {{"path", folder.string()}});
  }
  return make_folder_durably(folder);
}

// Relative names of the files below a folder of the data directory, sorted; those that are being written are left out.
std::vector<fs::path> files_below(const fs::path& data, const std::string& folder) {
  std::vector<fs::path> out;
  std::error_code gone;
  for (const auto& file : fs::recursive_directory_iterator(data / folder, gone)) {
    const bool is_whole = file.is_regular_file(gone) && file.path().extension() != ".new";
    if (is_whole) out.push_back(file.path().lexically_relative(data));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<CopiedFile> digest_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  DigestStream hash;
  CopiedFile out;
  std::string room(k_read_at_once, '\0');
  while (in.read(room.data(), static_cast<std::streamsize>(room.size())) || in.gcount() > 0) {
    hash.add({room.data(), static_cast<size_t>(in.gcount())});
    out.bytes += in.gcount();
  }
  if (in.bad() || !in.eof()) {
    return refuse(Code::file_unreadable, {{"path", file.string()}, {"reason", std::strerror(errno)}});
  }
  out.sha256 = hash.digest();
  return out;
}

Result<CopiedFile> copy_below(const fs::path& from, const fs::path& to, const fs::path& name) {
  fs::path folder = to;
  for (const auto& step : name.parent_path()) {
    folder /= step;
    if (auto made = make_folder_durably(folder); !made) return tl::make_unexpected(made.error());
  }
  return copy_durably(from / name, to / name);
}

class Making {
 public:
  Making(const BackupOptions& options, const Clock& clock, const BackupProgress& progress)
      : options_(options), clock_(clock), progress_(progress), to_(plain(options.to)) {}

  Result<Json> make() {
    if (auto empty = make_empty(to_); !empty) return tl::make_unexpected(empty.error());
    std::error_code ignored;
    fs::remove_all(folder_, ignored);  // of one that was cut off
    if (auto made = make_folder_durably(folder_); !made) return tl::make_unexpected(made.error());
    for (const auto step : {&Making::copy_database, &Making::write_mark, &Making::copy_intake, &Making::copy_files,
                            &Making::verify, &Making::finish}) {
      if (auto done = (this->*step)(); !done) return tl::make_unexpected(done.error());
    }
    return std::move(manifest_);
  }

 private:
  Result<void> copy_database() {
    manifest_ = {{"format", k_format},
                 {"made_at", format_time(clock_.wall())},
                 {"version", version()},
                 {"with_files", options_.with_files},
                 {"with_keys", options_.with_keys}};
    const auto copied =
        copy_sqlite_store(options_.data, folder_ / k_database, [&](int percent) { progress_("database", percent); });
    if (!copied) return copied;
    const auto scans = SqliteScans::open(folder_);
    if (!scans) return tl::make_unexpected(scans.error());
    const StoredLog log = scans->scan()->reader().logs().back();
    manifest_["log"] = {{"origin", log.origin}, {"size", log.size}, {"root", hex(log.root)}};
    mark_ = {sha256(log.origin), log.size, log.root};
    return {};
  }

  // Of the copy itself: the service goes on signing meanwhile.
  Result<void> write_mark() {
    auto mark = journal::HighWater::open(folder_ / k_mark);
    if (!mark) return tl::make_unexpected(mark.error());
    if (auto written = mark->write(mark_); !written) return written;
    mark->sync();
    return {};
  }

  // Without what must not lie beside it: the pepper, the highest epoch of a roster, a lead's secret key. What is erased
  // meanwhile has left the folder, and is not missed.
  Result<void> copy_intake() {
    std::error_code none;
    const fs::path from = options_.data / k_intake, to = folder_ / k_intake;
    if (!fs::exists(from / k_reports, none)) return {};
    if (auto made = make_folder_durably(to); !made) return made;
    if (auto copied = copy_sqlite_intake(from, to / k_reports, [&](int percent) { progress_("database", percent); });
        !copied) {
      return copied;
    }
    std::vector<fs::path> names;
    if (options_.with_files) names = files_below(options_.data, std::string(k_intake) + "/files");
    names.push_back(fs::path(k_intake) / k_lead);
    for (const fs::path& name : names) {
      if (!fs::exists(options_.data / name, none)) continue;
      const auto copied = copy_below(options_.data, folder_, name);
      if (!copied && fs::exists(options_.data / name, none)) return tl::make_unexpected(copied.error());
    }
    return {};
  }

  Result<void> copy_files() {
    std::vector<fs::path> names;
    const auto add = [&](const std::string& folder) {
      for (fs::path& name : files_below(options_.data, folder)) names.push_back(std::move(name));
    };
    if (options_.with_files) add(std::string(k_photo_folder));
    if (options_.with_keys) {
      add("keys");
      std::error_code none;
      if (fs::exists(options_.data / k_secret_file, none)) names.emplace_back(k_secret_file);
    }
    for (size_t i = 0; i < names.size(); ++i) {
      const auto copied = copy_below(options_.data, folder_, names[i]);
      if (!copied) return tl::make_unexpected(copied.error());
      progress_("files", static_cast<int>(100 * (i + 1) / names.size()));
    }
    return {};
  }

  Result<void> verify() {
    progress_("verify", 0);
    const auto checked = check_data({folder_, folder_ / k_mark, {}, options_.with_files});
    if (!checked) return tl::make_unexpected(checked.error());
    manifest_["problems"] = (*checked)->count();
    manifest_["entries"] = (*checked)->entries();
    progress_("verify", 100);
    return {};
  }

  // The list is made of what stands on the disk, and the folder gets its name when all of it does.
  Result<void> finish() {
    std::error_code error;
    fs::remove(folder_ / k_lock, error);
    int64_t bytes = 0;
    Json files = Json::object();
    for (const fs::path& name : files_below(folder_, "")) {
      const auto digest = digest_of_file(folder_ / name);
      if (!digest) return tl::make_unexpected(digest.error());
      files[name.generic_string()] = {{"sha256", hex(digest->sha256)}, {"bytes", digest->bytes}};
      bytes += digest->bytes;
    }
    manifest_["bytes"] = bytes;
    manifest_["files"] = std::move(files);
    if (auto written = replace_durably(folder_ / k_manifest_file, manifest_.dump(1) + "\n"); !written) return written;
    fs::rename(folder_, to_, error);
    if (error) return refuse(Code::file_unwritable, {{"path", to_.string()}, {"reason", error.message()}});
    return make_folder_durably(to_);
  }

  const BackupOptions& options_;
  const Clock& clock_;
  const BackupProgress& progress_;
  const fs::path to_;
  const fs::path folder_ = to_.string() + std::string(k_unfinished);
  Json manifest_;
  journal::Mark mark_;
};

tl::unexpected<Refusal> broken(const fs::path& path, const char* zh, const char* en) {
  return refuse(Code::backup_broken, {{"path", path.string()}, {"reason", bilingual(zh, en)}});
}

// Below the folder, whatever the manifest says.
bool stays_below(const std::string& name) {
  const fs::path path = fs::path(name).lexically_normal();
  return !name.empty() && !path.is_absolute() && path.begin() != path.end() && *path.begin() != "..";
}

}  // namespace

Result<Json> make_backup(const BackupOptions& options, const Clock& clock, const BackupProgress& progress) {
  return Making(options, clock, progress).make();
}

Result<Json> read_manifest(const fs::path& folder) {
  std::ifstream in(folder / k_manifest_file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto manifest = parse_json(text);
  if (!manifest || !manifest->is_object() || text_of(*manifest, "format") != k_format ||
      !manifest->value("files", Json()).is_object()) {
    return broken(folder, "没有完整的备份清单", "there is no whole manifest");
  }
  return manifest;
}

Result<Restored> restore_backup(const fs::path& from, const fs::path& folder) {
  const fs::path data = plain(folder);
  auto manifest = read_manifest(from);
  if (!manifest) return tl::make_unexpected(manifest.error());
  if (auto empty = make_empty(data); !empty) return tl::make_unexpected(empty.error());
  for (const auto& [name, told] : manifest->at("files").items()) {
    if (!stays_below(name)) return broken(from / name, "文件名无效", "the name of the file is not valid");
    const auto copied = copy_below(from, data, name);
    if (!copied) return tl::make_unexpected(copied.error());
    if (hex(copied->sha256) != text_of(told, "sha256")) {
      return broken(from / name, "文件与清单不符", "the file is not as the manifest says");
    }
  }
  const auto checked = check_data({data, data / k_mark, {}, manifest->value("with_files", false)});
  if (!checked) return tl::make_unexpected(checked.error());
  return Restored{std::move(*manifest), (*checked)->count()};
}

}  // namespace sparkgate::admin
