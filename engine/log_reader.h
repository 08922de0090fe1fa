// Reading one log from a store: tiles, entry bundles, roots and proofs. Never waits for the writer; what is read is
// immutable, so that any reader's view will do.
#pragma once

#include "engine/journal/merkle.h"
#include "engine/journal/tile.h"
#include "engine/store/store.h"

namespace sparkgate {

/// Sizes and indexes are those of the log, not beyond what the store holds of it. Refuses log_broken where hashes or
/// entries are missing.
class LogReader {
 public:
  LogReader(Reader& reader, StoredLog log) : reader_(reader), log_(std::move(log)) {}
  const StoredLog& log() const { return log_; }

  Result<Digest> root(uint64_t size) const;
  Result<journal::Proof> inclusion(uint64_t index, uint64_t size) const;  // index < size
  Result<journal::Proof> consistency(uint64_t from, uint64_t to) const;   // 0 < from <= to
  /// The bytes of a hash tile or an entry bundle, as of a tree of `size` entries. Refuses not_found for one that is not
  /// in it, wholly or as wide as its name says.
  Result<std::string> tile(const journal::TileName& name, uint64_t size) const;

  /// Hashes [from, until) of a tile level: leaves, or roots of full tiles below. As many as there are.
  std::vector<Digest> hashes(int level, uint64_t from, uint64_t until) const;

 private:
  Result<std::string> bundle(uint64_t from, uint64_t until) const;

  Reader& reader_;
  const StoredLog log_;
};

/// The log that the entry belongs to: the last one that begins at or before it. `logs` is not empty.
const StoredLog& log_of(const std::vector<StoredLog>& logs, int64_t entry);

}  // namespace sparkgate
