// `sparkgate fsck`: rebuilds everything of a data directory from its entries and says what differs. Changes nothing.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "certs/note.h"
#include "workflows/fsck/report.h"

namespace sparkgate::admin {

struct FsckOptions {
  std::string data = "./data";
  std::string high_water;         // file of the mark; "": data/high_water
  std::vector<std::string> keys;  // verifier keys of the logs; none: the one that the data names
  bool json = false;
};

struct CheckOptions {
  std::filesystem::path data, high_water;
  std::vector<NoteVerifier> keys;  // of the logs; none: the one that the data names
  bool with_photos = true;         // false: their files are not there, and nobody expects them; nor those of reports
};
/// Looks at a data directory that nobody writes to. Refuses as SqliteScans::open.
Result<std::unique_ptr<fsck::Report>> check_data(const CheckOptions& options);

/// 0: all is whole; 1: problems, each named; 2: there is no usable data directory; 64: a key is none.
int fsck(const FsckOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
