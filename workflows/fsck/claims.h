// What is said of a log's root at some size, by whatever says it: to be compared as the tree grows past that size.
#pragma once

#include "engine/journal/high_water.h"
#include "workflows/fsck/fsck.h"

namespace sparkgate::fsck {

struct Claim {
  uint64_t size = 0;
  Digest root{};
  Json what;  // bilingual: who says so
};

/// Of the log's own row, its last checkpoint, the anchored ones, and the mark where it is this log's; by size. Notes
/// are read and their signatures verified. Says what is wrong with them; claims beyond the log's size are said and left
/// out.
std::vector<Claim> claims_of(const StoredLog& log, Scan& scan, const Options& options,
                             const std::optional<journal::Mark>& mark, Report& report);

/// The mark, as far as it can be read. `logs`: all of the store.
std::optional<journal::Mark> read_mark(const Options& options, const std::vector<StoredLog>& logs, Report& report);

}  // namespace sparkgate::fsck
