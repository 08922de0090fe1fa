#include "admin/backups.h"

#include "engine/base/codes.h"

namespace sparkgate::admin {
namespace {

constexpr std::string_view k_prefix = "sparkgate-";

// "sparkgate-20261128T121330Z": names sort by time.
std::string name_at(Time at) {
  std::string digits;
  for (const char c : format_time(std::chrono::floor<seconds>(at))) {
    if (c != '-' && c != ':') digits += c;
  }
  return std::string(k_prefix) + digits;
}

Json begun(const std::string& name, const std::string& at, const api::BackupWish& wish) {
  return {{"name", name},        {"state", "running"},          {"step", "database"},
          {"percent", 0},        {"started_at", at},            {"ended_at", nullptr},
          {"bytes", 0},          {"log", nullptr},              {"with_keys", wish.with_keys},
          {"with_files", wish.with_files}, {"problems", 0},     {"reason", nullptr}};
}

// What its manifest tells.
Json finished(const Json& manifest) {
  Json out = {{"state", "done"}, {"step", nullptr}, {"percent", 100}};
  for (const char* name : {"bytes", "with_keys", "with_files", "problems", "entries"}) {
    out[name] = manifest.value(name, Json());
  }
  const Json log = manifest.value("log", Json::object());
  out["log"] = {{"origin", log.value("origin", "")}, {"size", log.value("size", int64_t{0})}};
  return out;
}

Json failed(const Refusal& why) {
  const Text title = title_of(why), remedy = remedy_of(why);
  return {{"state", "failed"},
          {"step", nullptr},
          {"reason",
           {{"code", refusal_row(why.code).name},
            {"title", {{"zh", title.zh}, {"en", title.en}}},
            {"remedy", {{"zh", remedy.zh}, {"en", remedy.en}}}}}};
}

}  // namespace

Backups::Backups(std::filesystem::path data, std::filesystem::path folder, const Clock& clock,
                 std::function<void(const std::string&)> log)
    : data_(std::move(data)), folder_(std::move(folder)), clock_(clock), log_(std::move(log)) {}

Backups::~Backups() {
  stops_ = true;
  if (thread_.joinable()) thread_.join();
}

Result<Json> Backups::start(const api::BackupWish& wish) {
  if (folder_.empty()) return refuse(Code::backups_off);
  const std::lock_guard lock(mutex_);
  if (!running_.empty()) return refuse(Code::backup_running, {{"name", running_}});
  if (thread_.joinable()) thread_.join();
  const Time now = clock_.wall();
  running_ = name_at(now);
  begun_[running_] = begun(running_, format_time(now), wish);
  BackupOptions options{data_, folder_ / running_, wish.with_files, wish.with_keys};
  thread_ = std::thread([this, options = std::move(options)] { make(options); });
  return begun_[running_];
}

void Backups::make(const BackupOptions& options) {
  const std::string name = options.to.filename();
  const auto progress = [&](std::string_view step, int percent) {
    if (stops_) throw std::runtime_error("the service stops");
    report(name, {{"step", step}, {"percent", percent}});
  };
  Json outcome;
  try {
    std::error_code exists;
    std::filesystem::create_directories(folder_, exists);
    const auto made = make_backup(options, clock_, progress);
    outcome = made ? finished(*made) : failed(made.error());
    log_("backup " + name + (made ? " is done" : " failed: " + describe(made.error())));
  } catch (const std::exception& thrown) {
    outcome = failed({Code::internal, {{"trace", "backup"}}, {}});
    log_("backup " + name + " failed: " + thrown.what());
  }
  outcome["ended_at"] = format_time(clock_.wall());
  const std::lock_guard lock(mutex_);
  begun_[name].update(outcome);
  running_.clear();
}

void Backups::report(const std::string& name, const Json& changes) {
  const std::lock_guard lock(mutex_);
  begun_[name].update(changes);
}

Json Backups::list() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Json> all = begun_;
  std::error_code none;
  for (const auto& folder : std::filesystem::directory_iterator(folder_, none)) {
    const std::string name = folder.path().filename();
    if (!name.starts_with(k_prefix) || name.ends_with(k_unfinished) || all.contains(name)) continue;
    const auto manifest = read_manifest(folder.path());
    const std::string at = manifest ? text_of(*manifest, "made_at") : "";
    Json item = begun(name, at, {});
    item.update(manifest ? finished(*manifest) : failed(manifest.error()));
    item["ended_at"] = at;
    all[name] = std::move(item);
  }
  Json items = Json::array();
  for (auto it = all.rbegin(); it != all.rend(); ++it) items.push_back(it->second);
  return {{"directory_set", !folder_.empty()}, {"items", std::move(items)}};
}

}  // namespace sparkgate::admin
