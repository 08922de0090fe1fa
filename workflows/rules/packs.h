// All packs the service knows, old versions too, by digest: an old decision is judged again under the rules of its day.
#pragma once

#include <filesystem>

#include "workflows/rules/pack.h"

namespace sparkgate::rules {

class Packs {
 public:
  /// The packs that travel inside the binary.
  static Result<Packs> embedded();

  /// Adds each *.json of the folder. Refuses with file_unreadable or pack_broken; then nothing was added.
  Result<void> add_folder(const std::filesystem::path& folder);

  /// The same pack again changes nothing; another text under the same id and version is refused with pack_broken.
  Result<void> add(const std::string& file, Pack pack);

  /// The highest version; nullptr when there is no such pack. Pointers live as long as this object.
  const Pack* latest(std::string_view id) const;
  const Pack* by_digest(std::string_view digest) const;

  /// In order of id, then version.
  std::vector<const Pack*> list() const;

 private:
  std::map<std::string, Pack, std::less<>> packs_;  // by digest
};

}  // namespace sparkgate::rules
