#include "engine/store/sqlite/sqlite_log.h"

namespace sparkgate::sqlite {

std::vector<StoredLog> logs(Connection& db) {
  std::vector<StoredLog> out;
  Run row = db.run("SELECT number, origin, first, size, root, checkpoint FROM logs ORDER BY number");
  while (row.step()) {
    StoredLog log;
    log.number = row.number();
    log.origin = row.text();
    log.first = row.number();
    log.size = static_cast<uint64_t>(row.number());
    log.root = row.digest();
    log.checkpoint = row.text();
    out.push_back(std::move(log));
  }
  return out;
}

std::vector<Digest> leaves(Connection& db, int64_t from, int64_t until) {
  std::vector<Digest> out;
  Run row = db.run("SELECT leaf FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx");
  for (row.bind(from).bind(until); row.step();) out.push_back(row.digest());
  return out;
}

std::vector<std::string> entry_bytes(Connection& db, int64_t from, int64_t until) {
  std::vector<std::string> out;
  Run row = db.run("SELECT bytes FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx");
  for (row.bind(from).bind(until); row.step();) out.push_back(row.text());
  return out;
}

int64_t count_entries(Connection& db, int64_t from, int64_t until) {
  Run row = db.run("SELECT count(*) FROM entries WHERE idx >= ? AND idx < ?");
  row.bind(from).bind(until).step();
  return row.number();
}

std::optional<std::string> tile(Connection& db, int64_t log, int level, uint64_t number) {
  Run row = db.run("SELECT hashes FROM tiles WHERE log = ? AND level = ? AND number = ?");
  if (!row.bind(log).bind(level).bind(static_cast<int64_t>(number)).step()) return std::nullopt;
  return row.text();
}

std::vector<Digest> tile_roots(Connection& db, int64_t log, int level, uint64_t from, uint64_t until) {
  std::vector<Digest> out;
  Run row = db.run("SELECT root FROM tiles WHERE log = ? AND level = ? AND number >= ? AND number < ? ORDER BY number");
  row.bind(log).bind(level).bind(static_cast<int64_t>(from)).bind(static_cast<int64_t>(until));
  while (row.step()) out.push_back(row.digest());
  return out;
}

// The newest entry of nearly every instance is before `until`, so that each slot costs one step down an index.
std::vector<SlotHead> slot_heads(Connection& db, int64_t until) {
  std::vector<SlotHead> out;
  Run row = db.run(
      "SELECT i.slot, e.seq, e.leaf FROM instances i JOIN entries e ON e.idx = "
      "(SELECT n.idx FROM entries n WHERE n.slot = i.slot AND n.idx < ? ORDER BY n.seq DESC LIMIT 1) ORDER BY i.slot");
  for (row.bind(until); row.step();) {
    SlotHead head;
    head.slot = row.number();
    head.seq = row.number();
    head.leaf = row.digest();
    out.push_back(head);
  }
  return out;
}

}  // namespace sparkgate::sqlite
