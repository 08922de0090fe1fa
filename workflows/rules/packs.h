// All packs the service knows, old versions too, by digest: an old decision is judged again under the rules of its day.
#pragma once

#include <filesystem>
#include <shared_mutex>

#include "workflows/rules/pack.h"

namespace sparkgate::rules {

/// From any thread. Nothing is ever taken away, so pointers live as long as this object.
class Packs {
 public:
  Packs();

  /// The packs that travel inside the binary.
  static Result<Packs> embedded();

  /// Adds each *.json of the folder. Refuses with file_unreadable or pack_broken; then nothing was added.
  Result<void> add_folder(const std::filesystem::path& folder);

  /// Offers it to new permits. The same pack again changes nothing; another text under the same id and version is
  /// refused with pack_broken.
  Result<void> add(const std::string& file, Pack pack);

  /// Knows it by its digest alone: an uploaded one, which is offered to nobody until it is activated. Refuses as add.
  Result<void> keep(const std::string& file, Pack pack);

  /// The highest version offered; nullptr when there is no such pack.
  const Pack* latest(std::string_view id) const;
  const Pack* by_digest(std::string_view digest) const;

  /// Those offered, in order of id, then version.
  std::vector<const Pack*> list() const;

 private:
  struct Shelf;
  Result<void> put(const std::string& file, std::vector<Pack> packs, bool offered);

  std::shared_ptr<Shelf> shelf_;
};

}  // namespace sparkgate::rules
