#include "engine/store/sqlite/sqlite_anchors.h"

namespace sparkgate::sqlite {
namespace {

// kind, name, bytes, at
Anchor read_anchor(Run& row) {
  Anchor anchor;
  anchor.kind = row.text();
  anchor.name = row.text();
  anchor.bytes = row.text();
  anchor.at = row.time();
  return anchor;
}

}  // namespace

std::optional<Anchored> anchored(Connection& db, int64_t log, uint64_t size) {
  Anchored out{log, size, "", {}};
  Run note = db.run("SELECT note FROM checkpoints WHERE log = ? AND size = ?");
  if (!note.bind(log).bind(static_cast<int64_t>(size)).step()) return std::nullopt;
  out.note = note.text();
  Run row = db.run("SELECT kind, name, bytes, at FROM anchors WHERE log = ? AND size = ? ORDER BY kind, name");
  for (row.bind(log).bind(static_cast<int64_t>(size)); row.step();) out.anchors.push_back(read_anchor(row));
  return out;
}

std::optional<Anchored> last_anchored(Connection& db, int64_t log, std::string_view kind, std::string_view name) {
  Run row = db.run(
      "SELECT c.size, c.note, a.kind, a.name, a.bytes, a.at FROM anchors a JOIN checkpoints c USING (log, size) "
      "WHERE a.log = ? AND a.kind = ? AND a.name = ? ORDER BY a.size DESC LIMIT 1");
  if (!row.bind(log).bind(kind).bind(name).step()) return std::nullopt;
  Anchored out{log, static_cast<uint64_t>(row.number()), row.text(), {}};
  out.anchors.push_back(read_anchor(row));
  return out;
}

std::optional<Anchored> first_anchored(Connection& db, int64_t log, std::string_view kind, uint64_t least) {
  Run row = db.run("SELECT size FROM anchors WHERE log = ? AND size >= ? AND kind = ? ORDER BY size LIMIT 1");
  if (!row.bind(log).bind(static_cast<int64_t>(least)).bind(kind).step()) return std::nullopt;
  return anchored(db, log, static_cast<uint64_t>(row.number()));
}

std::optional<Anchored> anchored_by(Connection& db, int64_t log, std::string_view kind,
                                    const std::vector<std::string>& names, size_t count, uint64_t least) {
  const std::string list = Json(names).dump();
  Run row = db.run(
      "SELECT size FROM anchors WHERE log = ? AND kind = ? AND size >= ? AND name IN (SELECT value FROM json_each(?)) "
      "GROUP BY size HAVING count(*) >= ? ORDER BY size DESC LIMIT 1");
  row.bind(log).bind(kind).bind(static_cast<int64_t>(least)).bind(list).bind(static_cast<int64_t>(count));
  if (!row.step()) return std::nullopt;
  return anchored(db, log, static_cast<uint64_t>(row.number()));
}

void put_checkpoint(Connection& db, int64_t log, uint64_t size, std::string_view note) {
  Run row = db.run("INSERT OR IGNORE INTO checkpoints (log, size, note) VALUES (?, ?, ?)");
  row.bind(log).bind(static_cast<int64_t>(size)).bind(note).done();
}

void put_anchor(Connection& db, int64_t log, uint64_t size, const Anchor& anchor) {
  Run row = db.run("INSERT OR IGNORE INTO anchors (log, size, kind, name, bytes, at) VALUES (?, ?, ?, ?, ?, ?)");
  row.bind(log).bind(static_cast<int64_t>(size)).bind(anchor.kind).bind(anchor.name);
  row.bind_blob(anchor.bytes).bind(anchor.at).done();
}

void thin_anchors(Connection& db, std::string_view kind, Time from, Time until, milliseconds span) {
  Run anchors = db.run(
      "DELETE FROM anchors WHERE kind = ?1 AND at >= ?2 AND at < ?3 AND EXISTS (SELECT 1 FROM anchors newer "
      "WHERE newer.log = anchors.log AND newer.kind = ?1 AND newer.name = anchors.name AND newer.size > anchors.size "
      "AND newer.at < ?3 AND newer.at / ?4 = anchors.at / ?4)");
  anchors.bind(kind).bind(from).bind(until).bind(static_cast<int64_t>(span.count())).done();
  db.run(
        "DELETE FROM checkpoints WHERE NOT EXISTS (SELECT 1 FROM anchors a WHERE a.log = checkpoints.log "
        "AND a.size = checkpoints.size)")
      .done();
}

}  // namespace sparkgate::sqlite
