#include "engine/store/sqlite/sqlite_intake_writer.h"

#include <stdexcept>

namespace sparkgate::sqlite {

void SqliteIntakeWriter::remove(Run& rows) {
  rows.done();
  if (sqlite3_changes(db_.handle()) > 0) has_removed_ = true;
}

void SqliteIntakeWriter::put_setting(std::string_view name, std::string_view value) {
  Run row = db_.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)");
  row.bind(name).bind_blob(value).done();
}

void SqliteIntakeWriter::put(const StoredReport& report) {
  Run row = db_.run(
      "INSERT INTO reports (id, lookup, state, version, items, last_item, received, due, expires, is_urgent, is_held, "
      "secret_epoch, source_wrap, auth_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET lookup = excluded.lookup, state = excluded.state, version = excluded.version, "
      "items = excluded.items, last_item = excluded.last_item, received = excluded.received, due = excluded.due, "
      "expires = excluded.expires, is_urgent = excluded.is_urgent, is_held = excluded.is_held, "
      "secret_epoch = excluded.secret_epoch, source_wrap = excluded.source_wrap, auth_sealed = excluded.auth_sealed");
  row.bind(report.id).bind_blob(report.lookup).bind(report.state).bind(report.version).bind(report.items);
  row.bind(report.last_item).bind(report.received).bind(report.due).bind(report.expires).bind(report.is_urgent);
  row.bind(report.is_held).bind(report.secret_epoch).bind_blob(report.source_wrap).bind_blob(report.auth_sealed).done();
}

void SqliteIntakeWriter::put(const StoredWrap& wrap) {
  remove_wrap(wrap.report, wrap.key_id);
  Run row = db_.run("INSERT INTO wraps (report, key_id, sealed) VALUES (?, ?, ?)");
  row.bind(wrap.report).bind(wrap.key_id).bind_blob(wrap.sealed).done();
}

void SqliteIntakeWriter::remove_wrap(std::string_view report, std::string_view key_id) {
  Run rows = db_.run("DELETE FROM wraps WHERE report = ? AND key_id = ?");
  remove(rows.bind(report).bind(key_id));
}

void SqliteIntakeWriter::remove_wraps_of_key(std::string_view key_id) {
  Run rows = db_.run("DELETE FROM wraps WHERE key_id = ?");
  remove(rows.bind(key_id));
}

void SqliteIntakeWriter::add(const StoredItem& item) {
  Run row = db_.run(
      "INSERT INTO items (report, sequence, kind, direction, author, key_sealed, file, body, proof, day) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(item.report).bind(item.sequence).bind(item.kind).bind(item.direction).bind(item.author);
  row.bind_blob(item.key_sealed).bind(item.file).bind_blob(item.body).bind_blob(item.proof).bind(item.day).done();
}

void SqliteIntakeWriter::reseal_item(std::string_view report, int64_t sequence, std::string_view key_sealed) {
  Run row = db_.run("UPDATE items SET key_sealed = ? WHERE report = ? AND sequence = ?");
  remove(row.bind_blob(key_sealed).bind(report).bind(sequence));
  if (sqlite3_changes(db_.handle()) == 0) throw std::logic_error("a key for an item that is not there");
}

void SqliteIntakeWriter::add(const StoredStep& step) {
  Run row = db_.run("INSERT INTO steps (report, sequence, text) VALUES (?, ?, ?)");
  row.bind(step.report).bind(step.sequence).bind(step.text).done();
}

void SqliteIntakeWriter::put(const StoredOfficer& officer) {
  Run before = db_.run("DELETE FROM officers WHERE id = ?");
  remove(before.bind(officer.id));
  Run row = db_.run(
      "INSERT INTO officers (id, account, name, reading_key, signing_key, passphrase_wrap, recovery_wrap) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(officer.id).bind(officer.account).bind(officer.name).bind_blob(officer.reading_key);
  row.bind_blob(officer.signing_key).bind_blob(officer.passphrase_wrap).bind_blob(officer.recovery_wrap).done();
}

void SqliteIntakeWriter::add(const StoredRoster& roster) {
  Run row = db_.run("INSERT INTO rosters (epoch, text, signature) VALUES (?, ?, ?)");
  row.bind(roster.epoch).bind(roster.text).bind_blob(roster.signature).done();
}

void SqliteIntakeWriter::put(const StoredHandOff& hand_off) {
  Run before = db_.run("DELETE FROM hand_offs WHERE key = ?");
  remove(before.bind(hand_off.key));
  Run row = db_.run("INSERT INTO hand_offs (key, due, sealed, outcome) VALUES (?, ?, ?, ?)");
  row.bind(hand_off.key).bind(hand_off.due).bind_blob(hand_off.sealed).bind(hand_off.outcome).done();
}

void SqliteIntakeWriter::add_leaf(std::string_view day, std::string_view leaf) {
  Run row =
      db_.run("INSERT INTO leaves (day, leaf) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM days WHERE days.day = ?1)");
  row.bind(day).bind_blob(leaf).done();
  if (sqlite3_changes(db_.handle()) == 0) throw std::logic_error("a leaf for a day that is closed");
}

void SqliteIntakeWriter::add(const StoredDay& day) {
  Run row = db_.run("INSERT INTO days (day, root, leaves) VALUES (?, ?, ?)");
  row.bind(day.day).bind(day.root).bind_blob(day.leaves).done();
  Run leaves = db_.run("DELETE FROM leaves WHERE day = ?");
  remove(leaves.bind(day.day));
}

void SqliteIntakeWriter::erase_report(std::string_view report) {
  Run wraps = db_.run("DELETE FROM wraps WHERE report = ?");
  remove(wraps.bind(report));
  Run items = db_.run("DELETE FROM items WHERE report = ?");
  remove(items.bind(report));
  Run steps = db_.run("DELETE FROM steps WHERE report = ?");
  remove(steps.bind(report));
  Run itself = db_.run("DELETE FROM reports WHERE id = ?");
  remove(itself.bind(report));
}

}  // namespace sparkgate::sqlite
