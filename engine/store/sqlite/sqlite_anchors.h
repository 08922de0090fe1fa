// The tables of anchors in SQLite: reading them, the same for readers and the writer, and writing.
#pragma once

#include "engine/store/sqlite/sqlite.h"
#include "engine/store/store.h"

namespace sparkgate::sqlite {

// As the members of Reader and Writer of these names.
std::optional<Anchored> anchored(Connection& db, int64_t log, uint64_t size);
std::optional<Anchored> last_anchored(Connection& db, int64_t log, std::string_view kind, std::string_view name);
std::optional<Anchored> first_anchored(Connection& db, int64_t log, std::string_view kind, uint64_t least);
std::optional<Anchored> anchored_by(Connection& db, int64_t log, std::string_view kind,
                                    const std::vector<std::string>& names, size_t count, uint64_t least);
void put_checkpoint(Connection& db, int64_t log, uint64_t size, std::string_view note);
void put_anchor(Connection& db, int64_t log, uint64_t size, const Anchor& anchor);
void thin_anchors(Connection& db, std::string_view kind, Time from, Time until, milliseconds span);

}  // namespace sparkgate::sqlite
