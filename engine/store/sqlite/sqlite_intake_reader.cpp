#include "engine/store/sqlite/sqlite_intake_reader.h"

namespace sparkgate::sqlite {
namespace {

StoredWrap read_wrap(Run& row) {
  StoredWrap out;
  out.report = row.text();
  out.key_id = row.text();
  out.sealed = row.text();
  return out;
}

StoredItem read_item(Run& row) {
  StoredItem out;
  out.report = row.text();
  out.sequence = row.number();
  out.kind = row.text();
  out.direction = row.text();
  out.author = row.text();
  out.key_sealed = row.text();
  out.file = row.text();
  out.body = row.text();
  out.proof = row.text();
  out.day = row.text();
  return out;
}

StoredStep read_step(Run& row) {
  StoredStep out;
  out.report = row.text();
  out.sequence = row.number();
  out.text = row.text();
  return out;
}

StoredOfficer read_officer(Run& row) {
  StoredOfficer out;
  out.id = row.text();
  out.account = row.text();
  out.name = row.text();
  out.reading_key = row.text();
  out.signing_key = row.text();
  out.passphrase_wrap = row.text();
  out.recovery_wrap = row.text();
  return out;
}

StoredRoster read_roster(Run& row) {
  StoredRoster out;
  out.epoch = row.number();
  out.text = row.text();
  out.signature = row.text();
  return out;
}

StoredDay read_day(Run& row) {
  StoredDay out;
  out.day = row.text();
  out.root = row.digest();
  out.leaves = row.text();
  return out;
}

StoredHandOff read_hand_off(Run& row) {
  StoredHandOff out;
  out.key = row.text();
  out.due = row.text();
  out.sealed = row.text();
  out.outcome = row.text();
  return out;
}

std::string read_text(Run& row) { return row.text(); }

template <class Value>
std::vector<Value> all_of(Run& row, Value (*read)(Run&)) {
  std::vector<Value> out;
  while (row.step()) out.push_back(read(row));
  return out;
}

template <class Value>
std::optional<Value> one_of(Run& row, Value (*read)(Run&)) {
  return row.step() ? std::optional(read(row)) : std::nullopt;
}

}  // namespace

template <class Base>
std::string IntakeReading<Base>::setting(std::string_view name) {
  Run row = db_.run("SELECT value FROM settings WHERE name = ?");
  return one_of(row.bind(name), read_text).value_or("");
}

template <class Base>
std::optional<StoredReport> IntakeReading<Base>::report(std::string_view id) {
  Run row = db_.run(
      "SELECT id, lookup, state, version, items, last_item, received, due, expires, is_urgent, is_held, secret_epoch, "
      "source_wrap, auth_sealed FROM reports WHERE id = ?");
  if (!row.bind(id).step()) return std::nullopt;
  StoredReport out;
  out.id = row.text();
  out.lookup = row.text();
  out.state = row.text();
  out.version = row.number();
  out.items = row.number();
  out.last_item = row.digest();
  out.received = row.text();
  out.due = row.text();
  out.expires = row.text();
  out.is_urgent = row.number() != 0;
  out.is_held = row.number() != 0;
  out.secret_epoch = row.number();
  out.source_wrap = row.text();
  out.auth_sealed = row.text();
  return out;
}

template <class Base>
std::optional<StoredReport> IntakeReading<Base>::report_by_lookup(std::string_view lookup) {
  Run row = db_.run("SELECT id FROM reports WHERE lookup = ?");
  if (!row.bind_blob(lookup).step()) return std::nullopt;
  return report(row.view());
}

template <class Base>
std::vector<StoredReport> IntakeReading<Base>::reports_of(Run& ids) {
  std::vector<StoredReport> out;
  while (ids.step()) out.push_back(*report(ids.view()));
  return out;
}

template <class Base>
std::vector<StoredReport> IntakeReading<Base>::reports() {
  Run ids = db_.run("SELECT id FROM reports ORDER BY id");
  return reports_of(ids);
}

template <class Base>
std::vector<StoredReport> IntakeReading<Base>::reports_due(std::string_view until_day) {
  Run ids = db_.run("SELECT id FROM reports INDEXED BY reports_by_due WHERE due <> '' AND due <= ? ORDER BY id");
  return reports_of(ids.bind(until_day));
}

template <class Base>
std::vector<StoredReport> IntakeReading<Base>::reports_expired(std::string_view until_day) {
  Run ids = db_.run(
      "SELECT id FROM reports INDEXED BY reports_by_expires WHERE expires <> '' AND is_held = 0 AND expires <= ? "
      "ORDER BY id");
  return reports_of(ids.bind(until_day));
}

template <class Base>
std::vector<StoredWrap> IntakeReading<Base>::wraps_of_report(std::string_view report) {
  Run row = db_.run("SELECT report, key_id, sealed FROM wraps WHERE report = ? ORDER BY key_id");
  return all_of(row.bind(report), read_wrap);
}

template <class Base>
std::vector<StoredWrap> IntakeReading<Base>::wraps_of_key(std::string_view key_id) {
  Run row = db_.run("SELECT report, key_id, sealed FROM wraps WHERE key_id = ? ORDER BY report");
  return all_of(row.bind(key_id), read_wrap);
}

template <class Base>
std::vector<std::string> IntakeReading<Base>::wrapped_keys() {
  Run row = db_.run("SELECT DISTINCT key_id FROM wraps ORDER BY key_id");
  return all_of(row, read_text);
}

template <class Base>
std::vector<StoredItem> IntakeReading<Base>::items(std::string_view report) {
  Run row = db_.run(
      "SELECT report, sequence, kind, direction, author, key_sealed, file, body, proof, day FROM items "
      "WHERE report = ? ORDER BY sequence");
  return all_of(row.bind(report), read_item);
}

template <class Base>
std::optional<StoredItem> IntakeReading<Base>::item(std::string_view report, int64_t sequence) {
  Run row = db_.run(
      "SELECT report, sequence, kind, direction, author, key_sealed, file, body, proof, day FROM items "
      "WHERE report = ? AND sequence = ?");
  return one_of(row.bind(report).bind(sequence), read_item);
}

template <class Base>
std::vector<StoredStep> IntakeReading<Base>::steps(std::string_view report) {
  Run row = db_.run("SELECT report, sequence, text FROM steps WHERE report = ? ORDER BY sequence");
  return all_of(row.bind(report), read_step);
}

template <class Base>
std::vector<StoredOfficer> IntakeReading<Base>::officers() {
  Run row = db_.run(
      "SELECT id, account, name, reading_key, signing_key, passphrase_wrap, recovery_wrap FROM officers ORDER BY id");
  return all_of(row, read_officer);
}

template <class Base>
std::optional<StoredOfficer> IntakeReading<Base>::officer_of_account(std::string_view account) {
  Run row = db_.run(
      "SELECT id, account, name, reading_key, signing_key, passphrase_wrap, recovery_wrap FROM officers "
      "WHERE account = ?");
  return one_of(row.bind(account), read_officer);
}

template <class Base>
std::vector<StoredRoster> IntakeReading<Base>::rosters() {
  Run row = db_.run("SELECT epoch, text, signature FROM rosters ORDER BY epoch");
  return all_of(row, read_roster);
}

template <class Base>
std::vector<std::string> IntakeReading<Base>::days_with_leaves() {
  Run row = db_.run("SELECT DISTINCT day FROM leaves ORDER BY day");
  return all_of(row, read_text);
}

template <class Base>
std::vector<std::string> IntakeReading<Base>::leaves(std::string_view day) {
  Run row = db_.run("SELECT leaf FROM leaves WHERE day = ? ORDER BY leaf");
  return all_of(row.bind(day), read_text);
}

template <class Base>
std::vector<StoredDay> IntakeReading<Base>::days() {
  Run row = db_.run("SELECT day, root, leaves FROM days ORDER BY day");
  return all_of(row, read_day);
}

template <class Base>
std::optional<StoredHandOff> IntakeReading<Base>::hand_off(std::string_view key) {
  Run row = db_.run("SELECT key, due, sealed, outcome FROM hand_offs WHERE key = ?");
  return one_of(row.bind(key), read_hand_off);
}

template <class Base>
std::vector<StoredHandOff> IntakeReading<Base>::hand_offs_due(std::string_view until_hour) {
  Run row = db_.run(
      "SELECT key, due, sealed, outcome FROM hand_offs INDEXED BY hand_offs_by_due WHERE due <> '' AND due <= ? "
      "ORDER BY key");
  return all_of(row.bind(until_hour), read_hand_off);
}

template <class Base>
bool IntakeReading<Base>::names_file(std::string_view name) {
  Run row = db_.run("SELECT 1 FROM items WHERE file <> '' AND file = ?");
  return row.bind(name).step();
}

template class IntakeReading<IntakeReader>;
template class IntakeReading<IntakeWriter>;

}  // namespace sparkgate::sqlite
