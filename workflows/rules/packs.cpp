#include "workflows/rules/packs.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>

#include "engine/base/codes.h"
#include "engine/base/embedded.h"

namespace sparkgate::rules {
namespace {

// "1.10" comes after "1.9": the schema admits numbers joined by dots only.
std::vector<int> parts_of(const std::string& version) {
  std::vector<int> parts;
  std::stringstream stream(version);
  for (std::string part; std::getline(stream, part, '.');) parts.push_back(std::stoi(part));
  return parts;
}

bool precedes(const Pack* a, const Pack* b) {
  const PackRef &x = a->ref(), &y = b->ref();
  return x.id != y.id ? x.id < y.id : parts_of(x.version) < parts_of(y.version);
}

tl::unexpected<Refusal> same_version(const std::string& file) {
  return refuse(Code::pack_broken, {{"file", file},
                                    {"path", "/version"},
                                    {"reason", bilingual("同一编号和版本已有另一内容，请提升版本号",
                                                         "another text has this id and version; raise the version")}});
}

Result<Pack> load_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  if (!(text << stream.rdbuf())) {
    return refuse(Code::file_unreadable,
                  {{"path", file.string()}, {"reason", bilingual("打不开", "it cannot be opened")}});
  }
  return Pack::load(file.filename().string(), text.str());
}

}  // namespace

struct Packs::Shelf {
  struct Kept {
    Pack pack;
    bool offered;
  };
  std::shared_mutex mutex;
  std::map<std::string, Kept, std::less<>> packs;  // by digest

  bool has_other_text(const PackRef& ref) const {
    return std::any_of(packs.begin(), packs.end(), [&](const auto& item) {
      const PackRef& other = item.second.pack.ref();
      return other.id == ref.id && other.version == ref.version && other.digest != ref.digest;
    });
  }
};

Packs::Packs() : shelf_(std::make_shared<Shelf>()) {}

Result<Packs> Packs::embedded() {
  Packs packs;
  for (const auto path : embedded_below("workflows/rules/packs/")) {
    const std::string file(path);
    auto pack = Pack::load(file, sparkgate::embedded(path));
    if (!pack) return tl::make_unexpected(pack.error());
    if (auto added = packs.add(file, std::move(*pack)); !added) return tl::make_unexpected(added.error());
  }
  return packs;
}

Result<void> Packs::add_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") files.push_back(it->path());
  }
  if (error) return refuse(Code::file_unreadable, {{"path", folder.string()}, {"reason", error.message()}});
  std::sort(files.begin(), files.end());
  std::vector<Pack> loaded;
  for (const auto& file : files) {
    auto pack = load_file(file);
    if (!pack) return tl::make_unexpected(pack.error());
    loaded.push_back(std::move(*pack));
  }
  return put(folder.string(), std::move(loaded), true);
}

Result<void> Packs::add(const std::string& file, Pack pack) { return put(file, {std::move(pack)}, true); }
Result<void> Packs::keep(const std::string& file, Pack pack) { return put(file, {std::move(pack)}, false); }

// All or none, also when two of the new ones have one version.
Result<void> Packs::put(const std::string& file, std::vector<Pack> packs, bool offered) {
  const std::unique_lock lock(shelf_->mutex);
  std::map<std::pair<std::string, std::string>, std::string> digests;
  for (const Pack& pack : packs) {
    const PackRef& ref = pack.ref();
    const std::string& digest = digests.try_emplace({ref.id, ref.version}, ref.digest).first->second;
    if (digest != ref.digest || shelf_->has_other_text(ref)) return same_version(file);
  }
  for (Pack& pack : packs) {
    const std::string digest = pack.ref().digest;
    const auto kept = shelf_->packs.try_emplace(digest, Shelf::Kept{std::move(pack), offered}).first;
    kept->second.offered |= offered;
  }
  return {};
}

const Pack* Packs::latest(std::string_view id) const {
  const Pack* best = nullptr;
  for (const Pack* pack : list()) {
    if (pack->ref().id == id) best = pack;
  }
  return best;
}

const Pack* Packs::by_digest(std::string_view digest) const {
  const std::shared_lock lock(shelf_->mutex);
  const auto it = shelf_->packs.find(digest);
  return it == shelf_->packs.end() ? nullptr : &it->second.pack;
}

std::vector<const Pack*> Packs::list() const {
  std::vector<const Pack*> out;
  {
    const std::shared_lock lock(shelf_->mutex);
    for (const auto& [digest, kept] : shelf_->packs) {
      if (kept.offered) out.push_back(&kept.pack);
    }
  }
  std::sort(out.begin(), out.end(), precedes);
  return out;
}

}  // namespace sparkgate::rules
