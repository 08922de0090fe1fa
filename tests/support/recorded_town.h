// A data directory as a service leaves it: a permit's whole life, registry records, an erased person, recorded heads, a
// signed and marked log with full tiles. Made once; each test works on a copy.
#pragma once

#include <filesystem>

#include "tests/support/temp_folder.h"
#include "workflows/fsck/report.h"

namespace sparkgate::test {

/// The directory, of which nothing must be changed.
const std::filesystem::path& recorded_town();

/// A copy of it.
class TownCopy {
 public:
  TownCopy() { restore(); }
  const std::filesystem::path& path() const { return folder_.path(); }
  std::filesystem::path database() const { return path() / "sparkgate.db"; }
  std::filesystem::path mark() const { return path() / "high_water"; }
  void restore();

 private:
  TempFolder folder_;
};

/// What fsck finds there: the codes of all problems, each once, separated by blanks.
std::string faults_of(const std::filesystem::path& data);

}  // namespace sparkgate::test
