// What is looked at before the log goes on: that tree, entries and high-water mark agree.
#pragma once

#include "engine/journal/high_water.h"
#include "engine/journal/right_edge.h"
#include "engine/log_reader.h"

namespace sparkgate {

/// The tree's right edge from its tiles and the leaves after them. Refuses log_broken: hashes are missing, or their
/// root is not the log's.
Result<journal::RightEdge> load_right_edge(Reader& reader, const StoredLog& log);

/// No entry is missing, none stands outside the log, the latest ones have their leaf hashes, and the last full tile is
/// made of its entries' leaves. `entries`: how many there are over all logs. Refuses log_broken.
Result<void> check_entries(Reader& reader, const StoredLog& log, int64_t entries);

/// Whether the last of `logs` is the one that was signed up to the mark. A mark of a log that has been closed since
/// says no more. Refuses log_behind_mark.
Result<void> check_mark(Reader& reader, const std::vector<StoredLog>& logs, const journal::Mark& mark);

}  // namespace sparkgate
