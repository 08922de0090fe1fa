// The log's tables in SQLite: reading them, the same for readers and the writer.
#pragma once

#include "engine/store/sqlite/sqlite.h"
#include "engine/store/store.h"

namespace sparkgate::sqlite {

// As the members of Reader of these names.
std::vector<StoredLog> logs(Connection& db);
std::vector<Digest> leaves(Connection& db, int64_t from, int64_t until);
std::vector<std::string> entry_bytes(Connection& db, int64_t from, int64_t until);
int64_t count_entries(Connection& db, int64_t from, int64_t until);
std::optional<std::string> tile(Connection& db, int64_t log, int level, uint64_t number);
std::vector<Digest> tile_roots(Connection& db, int64_t log, int level, uint64_t from, uint64_t until);
std::vector<SlotHead> slot_heads(Connection& db, int64_t until);

}  // namespace sparkgate::sqlite
