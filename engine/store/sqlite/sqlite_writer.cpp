#include "engine/store/sqlite/sqlite_writer.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "engine/store/sqlite/sqlite_words.h"

namespace sparkgate::sqlite {
namespace {

// A checkpoint copies the write-ahead log's new pages into the database, between two batches: after this many while
// somebody waits, so that no commit pays for a large one, and sooner when nobody does.
constexpr int k_idle_checkpoint_pages = 256;
constexpr int k_busy_checkpoint_pages = 4096;
// The log begins anew by itself once all of it is copied and no reader looks into it. Where one always does, it is
// made to, which waits for those readers.
constexpr int k_largest_log_pages = 32768;

}  // namespace

SqliteWriter::SqliteWriter(Connection& connection) : Reading(connection) {
  const auto note_pages = [](void* self, sqlite3*, const char*, int pages) {
    static_cast<SqliteWriter*>(self)->wal_pages_ = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(db_.handle(), note_pages, this);
}

void SqliteWriter::begin() {
  rollback();  // one that a failing disk left open
  db_.run("BEGIN IMMEDIATE").done();
}
void SqliteWriter::commit() { db_.run("COMMIT").done(); }
void SqliteWriter::savepoint() { db_.run("SAVEPOINT command").done(); }
void SqliteWriter::release() { db_.run("RELEASE command").done(); }

bool SqliteWriter::in_transaction() { return sqlite3_get_autocommit(db_.handle()) == 0; }

void SqliteWriter::rollback() {
  if (in_transaction()) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

// Should even this fail, the whole transaction goes, never a part of it.
void SqliteWriter::undo() {
  const int code = sqlite3_exec(db_.handle(), "ROLLBACK TO command; RELEASE command", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return;
  rollback();
  throw StoreError(Code::store_failed, sqlite3_errstr(code));
}

void SqliteWriter::put(const Filed& now, const Filed* before) {
  put_row(now, before);
  put_links(now, before);
  put_timers(now, before);
  const std::string& words = now.index.words;
  if (before ? words != before->index.words : !words.empty()) {
    put_words(db_, now.instance->slot, words, !before || before->index.words.empty());
  }
}

void SqliteWriter::put_row(const Filed& now, const Filed* before) {
  const Instance& i = *now.instance;
  const std::string data = canonical(i.data);
  const bool is_personal_new = !before || !i.personal.shares(before->instance->personal);
  const std::string personal = is_personal_new ? canonical(i.personal) : "";
  if (!before) {
    Run row = db_.run(
        "INSERT INTO instances (slot, id, workflow, state, version, head, at, area, unit, starts, ends, due, "
        "data, personal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(i.slot).bind(i.id).bind(i.workflow).bind(i.state).bind(i.version).bind(i.head).bind(i.at);
    row.bind(now.index.area).bind(now.index.unit).bind(now.index.starts).bind(now.index.ends);
    return row.bind(now.index.due).bind(data).bind(personal).done();
  }
  Run row = db_.run(
      "UPDATE instances SET state = ?, version = ?, head = ?, at = ?, area = ?, unit = ?, starts = ?, ends = ?, "
      "due = ?, data = ? WHERE slot = ?");
  row.bind(i.state).bind(i.version).bind(i.head).bind(i.at).bind(now.index.area).bind(now.index.unit);
  row.bind(now.index.starts).bind(now.index.ends).bind(now.index.due).bind(data).bind(i.slot).done();
  if (!is_personal_new) return;
  db_.run("UPDATE instances SET personal = ? WHERE slot = ?").bind(personal).bind(i.slot).done();
}

void SqliteWriter::put_links(const Filed& now, const Filed* before) {
  static const std::vector<std::pair<std::string, std::string>> k_none;
  const auto& old_links = before ? before->index.links : k_none;
  const auto& new_links = now.index.links;
  if (new_links == old_links) return;
  const auto has = [](const auto& links, const auto& link) {
    return std::find(links.begin(), links.end(), link) != links.end();
  };
  for (const auto& link : old_links) {
    if (has(new_links, link)) continue;
    Run row = db_.run("DELETE FROM links WHERE workflow = ? AND kind = ? AND ref = ? AND instance = ?");
    row.bind(now.instance->workflow).bind(link.first).bind(link.second).bind(now.instance->id).done();
  }
  for (const auto& link : new_links) {
    if (has(old_links, link)) continue;
    Run row = db_.run("INSERT OR IGNORE INTO links (workflow, kind, ref, instance) VALUES (?, ?, ?, ?)");
    row.bind(now.instance->workflow).bind(link.first).bind(link.second).bind(now.instance->id).done();
  }
}

void SqliteWriter::put_timers(const Filed& now, const Filed* before) {
  static const std::vector<Timer> k_none;
  const auto& old_timers = before ? before->instance->timers : k_none;
  const auto& new_timers = now.instance->timers;
  for (const Timer& timer : old_timers) {
    const auto same_name = [&](const Timer& t) { return t.name == timer.name; };
    if (std::none_of(new_timers.begin(), new_timers.end(), same_name)) drop_timer(now.instance->id, timer.name);
  }
  for (const Timer& timer : new_timers) {
    if (std::find(old_timers.begin(), old_timers.end(), timer) != old_timers.end()) continue;
    Run row = db_.run("INSERT OR REPLACE INTO timers (instance, name, due, event) VALUES (?, ?, ?, ?)");
    row.bind(now.instance->id).bind(timer.name).bind(timer.due).bind(timer.event).done();
  }
}

void SqliteWriter::append(std::string_view, int64_t slot, int64_t seq, const journal::Entry& entry) {
  Run row = db_.run(
      "INSERT INTO entries (idx, slot, seq, bytes, leaf, facts, facts_salt, personal, personal_salt, personal_digest) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(entry.index).bind(slot).bind(seq).bind(entry.bytes).bind(entry.leaf);
  row.bind(entry.facts.json).bind_blob(entry.facts.salt);
  row.bind(entry.personal->json).bind_blob(entry.personal->salt).bind(entry.personal_digest).done();
}

void SqliteWriter::put_secret(std::string_view instance, std::string_view name, std::string_view value) {
  Run row = db_.run("INSERT OR REPLACE INTO secrets (instance, name, value) VALUES (?, ?, ?)");
  row.bind(instance).bind(name).bind(value).done();
}

int64_t SqliteWriter::put_notice(int64_t entry, std::string_view instance, const Notice& notice, Time at) {
  const std::string details = notice.details.dump();
  Run row = db_.run(
      "INSERT INTO outbox (entry, instance, role, unit, area, person, code, details, at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(entry).bind(instance).bind(notice.role).bind(notice.unit).bind(notice.area).bind(notice.person);
  row.bind(notice.code).bind(details).bind(at).done();
  return sqlite3_last_insert_rowid(db_.handle());
}

void SqliteWriter::put_follow_up(const FollowUpRecord& record, std::string_view cause_instance) {
  const std::string payload = record.command.payload.dump();
  Run row = db_.run(
      "INSERT OR REPLACE INTO follow_ups "
      "(cause, ordinal, cause_instance, workflow, instance, event, payload, status, outcome) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(record.cause).bind(record.ordinal).bind(cause_instance).bind(record.command.workflow);
  row.bind(record.command.instance).bind(record.command.event).bind(payload).bind(record.status);
  row.bind(record.outcome).done();
}

std::optional<StoredAnswer> SqliteWriter::answer(std::string_view account, std::string_view key) {
  Run row = db_.run("SELECT body_digest, answer, at FROM answers WHERE account = ? AND key = ?");
  if (!row.bind(account).bind(key).step()) return std::nullopt;
  StoredAnswer out;
  out.account = account;
  out.key = key;
  out.body_digest = row.digest();
  out.answer = row.text();
  out.at = row.time();
  return out;
}

void SqliteWriter::put_answer(const StoredAnswer& answer) {
  Run row = db_.run("INSERT INTO answers (account, key, body_digest, answer, at) VALUES (?, ?, ?, ?, ?)");
  row.bind(answer.account).bind(answer.key).bind(answer.body_digest).bind(answer.answer).bind(answer.at).done();
}

void SqliteWriter::prune_answers(Time older_than) {
  Run row = db_.run("DELETE FROM answers WHERE id IN (SELECT id FROM answers ORDER BY id LIMIT 1000) AND at < ?");
  row.bind(older_than).done();
}

int64_t SqliteWriter::raise_counter(std::string_view name) {
  Run row = db_.run(
      "INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 "
      "RETURNING value");
  row.bind(name).step();
  const int64_t value = row.number();
  row.step();
  return value;
}

void SqliteWriter::set_counter(std::string_view name, int64_t value) {
  Run row = db_.run(
      "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  row.bind(name).bind(value).done();
}

void SqliteWriter::add_to_tally(std::string_view name, int64_t change) {
  Run row = db_.run(
      "INSERT INTO tallies (name, value) VALUES (?, ?) "
      "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value");
  row.bind(name).bind(change).done();
}

void SqliteWriter::put_session(const Session& session) {
  Run row = db_.run(
      "INSERT INTO sessions (token_hash, account, kind, label, csrf_token, created, expires) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(session.token_hash).bind(session.account).bind(session.kind).bind(session.label);
  row.bind(session.csrf_token).bind(session.created).bind(session.expires).done();
}

void SqliteWriter::end_session(const Digest& token_hash) {
  db_.run("DELETE FROM sessions WHERE token_hash = ?").bind(token_hash).done();
}

void SqliteWriter::end_sessions(std::string_view account) {
  db_.run("DELETE FROM sessions WHERE account = ?").bind(account).done();
}

void SqliteWriter::put_meta(std::string_view name, std::string_view value) {
  db_.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)").bind(name).bind(value).done();
}

void SqliteWriter::put_document(std::string_view kind, std::string_view digest, std::string_view bytes) {
  Run row = db_.run("INSERT OR IGNORE INTO documents (kind, digest, bytes) VALUES (?, ?, ?)");
  row.bind(kind).bind(digest).bind(bytes).done();
}

void SqliteWriter::put_log(const StoredLog& log) {
  Run row = db_.run(
      "INSERT INTO logs (number, origin, first, size, root, checkpoint) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (number) DO UPDATE "
      "SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint");
  row.bind(log.number).bind(log.origin).bind(log.first).bind(static_cast<int64_t>(log.size)).bind(log.root);
  row.bind(log.checkpoint).done();
}

void SqliteWriter::put_tile(int64_t log, const journal::FullTile& tile) {
  std::string hashes;
  hashes.reserve(tile.hashes.size() * sizeof(Digest));
  for (const Digest& hash : tile.hashes) hashes += bytes_of(hash);
  Run row = db_.run("INSERT INTO tiles (log, level, number, root, hashes) VALUES (?, ?, ?, ?, ?)");
  row.bind(log).bind(tile.level).bind(static_cast<int64_t>(tile.number)).bind(tile.root).bind_blob(hashes).done();
}

void SqliteWriter::erase_personal(std::string_view instance, int64_t slot) {
  db_.run("UPDATE entries SET personal = NULL, personal_salt = NULL WHERE slot = ?").bind(slot).done();
  db_.run("DELETE FROM outbox WHERE instance = ?").bind(instance).done();
  db_.run("DELETE FROM secrets WHERE instance = ?").bind(instance).done();
  has_erased_ = true;
}

std::vector<DueTimer> SqliteWriter::due(Time at, int limit) {
  std::vector<DueTimer> out;
  Run row = db_.run(
      "SELECT instance, name, due, event FROM timers WHERE due <= ? ORDER BY due, instance, name LIMIT ?");
  for (row.bind(at).bind(limit); row.step();) {
    DueTimer timer;
    timer.instance = row.text();
    timer.timer.name = row.text();
    timer.timer.due = row.time();
    timer.timer.event = row.text();
    out.push_back(std::move(timer));
  }
  return out;
}

std::optional<Time> SqliteWriter::next_due() {
  Run row = db_.run("SELECT due FROM timers ORDER BY due LIMIT 1");
  if (!row.step()) return std::nullopt;
  return row.time();
}

void SqliteWriter::drop_timer(std::string_view instance, std::string_view name) {
  db_.run("DELETE FROM timers WHERE instance = ? AND name = ?").bind(instance).bind(name).done();
}

Writer::Tail SqliteWriter::tail() {
  Tail out;
  Run latest =
      db_.run("SELECT e.idx + 1, i.at FROM entries e JOIN instances i USING (slot) ORDER BY e.idx DESC LIMIT 1");
  if (!latest.step()) return out;
  out.entries = latest.number();
  out.at = latest.time();
  Run slots = db_.run("SELECT max(slot) + 1 FROM instances");
  slots.step();
  out.slots = slots.number();
  return out;
}

void SqliteWriter::housekeeping(bool idle) {
  // The database overwrites what it deletes; its log must be emptied, once nobody reads in it.
  if (idle && has_erased_) {
    const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    has_erased_ = code != SQLITE_OK;
  }
  if (wal_pages_ < copied_pages_) copied_pages_ = 0;  // it has begun anew
  if (wal_pages_ - copied_pages_ < (idle ? k_idle_checkpoint_pages : k_busy_checkpoint_pages)) return;
  const int mode = wal_pages_ < k_largest_log_pages ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
  int pages = 0, copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, mode, &pages, &copied);
  if (code == SQLITE_OK || code == SQLITE_BUSY) copied_pages_ = copied;
}

}  // namespace sparkgate::sqlite
