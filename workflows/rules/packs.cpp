#include "workflows/rules/packs.h"

#include <algorithm>
#include <fstream>
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

}  // namespace

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
  Packs grown = *this;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    if (!(text << stream.rdbuf())) {
      return refuse(Code::file_unreadable,
                    {{"path", file.string()}, {"reason", bilingual("打不开", "it cannot be opened")}});
    }
    auto pack = Pack::load(file.filename().string(), text.str());
    if (!pack) return tl::make_unexpected(pack.error());
    if (auto added = grown.add(file.filename().string(), std::move(*pack)); !added) return added;
  }
  packs_ = std::move(grown.packs_);
  return {};
}

Result<void> Packs::add(const std::string& file, Pack pack) {
  for (const auto& [digest, other] : packs_) {
    const PackRef& ref = other.ref();
    if (ref.id == pack.ref().id && ref.version == pack.ref().version && digest != pack.ref().digest) {
      return refuse(Code::pack_broken, {{"file", file},
                                        {"path", "/version"},
                                        {"reason",
                                         {{"zh", "同一编号和版本已有另一内容，请提升版本号"},
                                          {"en", "another text has this id and version; raise the version"}}}});
    }
  }
  packs_.try_emplace(pack.ref().digest, pack);
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
  const auto it = packs_.find(digest);
  return it == packs_.end() ? nullptr : &it->second;
}

std::vector<const Pack*> Packs::list() const {
  std::vector<const Pack*> out;
  for (const auto& [digest, pack] : packs_) out.push_back(&pack);
  std::sort(out.begin(), out.end(), precedes);
  return out;
}

}  // namespace sparkgate::rules
