#include "engine/store/sqlite/sqlite_reader.h"

#include "engine/store/sqlite/sqlite_words.h"

namespace sparkgate::sqlite {

Instance read_instance(Run& row) {
  Instance out;
  out.id = row.text();
  out.workflow = row.text();
  out.state = row.text();
  out.version = row.number();
  out.slot = row.number();
  out.head = row.digest();
  out.at = row.time();
  out.data = Json::parse(row.view());
  out.personal = Json::parse(row.view());
  return out;
}

namespace {

Session read_session(Run& row) {
  Session out;
  out.token_hash = row.digest();
  out.account = row.text();
  out.kind = row.text();
  out.label = row.text();
  out.csrf_token = row.text();
  out.created = row.time();
  out.expires = row.time();
  return out;
}

StoredNotice read_notice(Run& row) {
  StoredNotice out;
  out.id = row.number();
  out.entry = row.number();
  out.instance = row.text();
  out.notice.role = row.text();
  out.notice.unit = row.text();
  out.notice.area = row.text();
  out.notice.person = row.text();
  out.notice.code = row.text();
  out.notice.details = Json::parse(row.view());
  out.at = row.time();
  return out;
}

}  // namespace

template <class Base>
std::optional<Filed> Reading<Base>::instance(std::string_view id) {
  Run row = db_.run(
      "SELECT id, workflow, state, version, slot, head, at, data, personal, area, unit, starts, ends, due "
      "FROM instances WHERE id = ?");
  if (!row.bind(id).step()) return std::nullopt;
  auto instance = std::make_shared<Instance>(read_instance(row));
  Filed filed;
  filed.index.area = row.text();
  filed.index.unit = row.text();
  filed.index.starts = row.maybe_time();
  filed.index.ends = row.maybe_time();
  filed.index.due = row.maybe_time();
  filed.index.words = words_of(db_, instance->slot);
  Run links = db_.run("SELECT kind, ref FROM links WHERE instance = ? ORDER BY workflow, kind, ref");
  for (links.bind(id); links.step();) {
    std::string kind = links.text();
    filed.index.links.emplace_back(std::move(kind), links.text());
  }
  Run timers = db_.run("SELECT name, due, event FROM timers WHERE instance = ? ORDER BY name");
  for (timers.bind(id); timers.step();) {
    Timer timer;
    timer.name = timers.text();
    timer.due = timers.time();
    timer.event = timers.text();
    instance->timers.push_back(std::move(timer));
  }
  filed.instance = std::move(instance);
  return filed;
}

template <class Base>
std::vector<std::string> Reading<Base>::linked(std::string_view workflow, std::string_view kind,
                                               std::string_view ref) {
  std::vector<std::string> out;
  Run row = db_.run("SELECT instance FROM links WHERE workflow = ? AND kind = ? AND ref = ? ORDER BY instance");
  for (row.bind(workflow).bind(kind).bind(ref); row.step();) out.push_back(row.text());
  return out;
}

template <class Base>
std::vector<journal::Entry> Reading<Base>::entries(std::string_view instance) {
  std::vector<journal::Entry> out;
  Run row = db_.run(
      "SELECT e.idx, e.bytes, e.leaf, e.facts, e.facts_salt, e.personal, e.personal_salt, e.personal_digest "
      "FROM instances i JOIN entries e ON e.slot = i.slot WHERE i.id = ? ORDER BY e.seq");
  for (row.bind(instance); row.step();) {
    journal::Entry entry;
    entry.index = row.number();
    entry.bytes = row.text();
    entry.leaf = row.digest();
    entry.facts.json = row.text();
    entry.facts.salt = row.text();
    auto personal = row.maybe_text();
    auto salt = row.maybe_text();
    if (personal && salt) entry.personal = journal::Part{std::move(*personal), std::move(*salt)};
    entry.personal_digest = row.digest();
    out.push_back(std::move(entry));
  }
  return out;
}

template <class Base>
std::vector<FollowUpRecord> Reading<Base>::follow_ups(std::string_view instance) {
  std::vector<FollowUpRecord> out;
  Run row = db_.run(
      "SELECT cause, ordinal, workflow, instance, event, payload, status, outcome FROM follow_ups "
      "WHERE cause_instance = ?1 OR instance = ?1 ORDER BY cause, ordinal");
  for (row.bind(instance); row.step();) {
    FollowUpRecord record;
    record.cause = row.number();
    record.ordinal = static_cast<int>(row.number());
    record.command.workflow = row.text();
    record.command.instance = row.text();
    record.command.event = row.text();
    record.command.payload = Json::parse(row.view());
    record.status = row.text();
    record.outcome = row.text();
    out.push_back(std::move(record));
  }
  return out;
}

template <class Base>
std::vector<StoredNotice> Reading<Base>::notices(const Actor& reader, int64_t before, int limit) {
  std::map<int64_t, StoredNotice, std::greater<>> found;
  const auto take = [&](Run& row) {
    while (row.step()) {
      StoredNotice notice = read_notice(row);
      found.emplace(notice.id, std::move(notice));
    }
  };
  if (!reader.person.empty()) {
    Run row = db_.run(
        "SELECT id, entry, instance, role, unit, area, person, code, details, at FROM outbox "
        "WHERE role = '' AND person = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
    take(row.bind(reader.person).bind(before).bind(limit));
  }
  for (const Grant& grant : reader.grants) {
    // A notice's area is a path "/county/town/village/grid/", so a grant for any of them reads it.
    const std::string step = grant.area.empty() ? "" : "/" + grant.area + "/";
    Run row = db_.run(
        "SELECT id, entry, instance, role, unit, area, person, code, details, at FROM outbox "
        "WHERE role = ?1 AND person = '' AND id < ?2 AND (?3 = '' OR unit = ?3) AND (?4 = '' OR instr(area, ?4) > 0) "
        "ORDER BY id DESC LIMIT ?5");
    take(row.bind(grant.role).bind(before).bind(grant.unit).bind(step).bind(limit));
  }
  std::vector<StoredNotice> out;
  for (auto& [id, notice] : found) {
    if (out.size() < static_cast<size_t>(limit)) out.push_back(std::move(notice));
  }
  return out;
}

template <class Base>
std::optional<std::string> Reading<Base>::secret(std::string_view instance, std::string_view name) {
  Run row = db_.run("SELECT value FROM secrets WHERE instance = ? AND name = ?");
  if (!row.bind(instance).bind(name).step()) return std::nullopt;
  return row.text();
}

template <class Base>
std::optional<Session> Reading<Base>::session(const Digest& token_hash) {
  Run row = db_.run(
      "SELECT token_hash, account, kind, label, csrf_token, created, expires FROM sessions WHERE token_hash = ?");
  if (!row.bind(token_hash).step()) return std::nullopt;
  return read_session(row);
}

template <class Base>
std::vector<Session> Reading<Base>::sessions(std::string_view account) {
  std::vector<Session> out;
  Run row = db_.run(
      "SELECT token_hash, account, kind, label, csrf_token, created, expires FROM sessions "
      "WHERE account = ? ORDER BY created");
  for (row.bind(account); row.step();) out.push_back(read_session(row));
  return out;
}

template <class Base>
int64_t Reading<Base>::counter(std::string_view name) {
  Run row = db_.run("SELECT value FROM counters WHERE name = ?");
  return row.bind(name).step() ? row.number() : 0;
}

template <class Base>
std::vector<std::pair<std::string, int64_t>> Reading<Base>::tallies(std::string_view from, std::string_view until) {
  std::vector<std::pair<std::string, int64_t>> out;
  Run row = db_.run("SELECT name, value FROM tallies WHERE name >= ? AND name < ? ORDER BY name");
  for (row.bind(from).bind(until); row.step();) {
    std::string name = row.text();
    out.emplace_back(std::move(name), row.number());
  }
  return out;
}

template <class Base>
std::string Reading<Base>::meta(std::string_view name) {
  Run row = db_.run("SELECT value FROM meta WHERE name = ?");
  return row.bind(name).step() ? row.text() : "";
}

template <class Base>
std::vector<std::pair<std::string, std::string>> Reading<Base>::documents(std::string_view kind) {
  std::vector<std::pair<std::string, std::string>> out;
  Run row = db_.run("SELECT digest, bytes FROM documents WHERE kind = ? ORDER BY digest");
  for (row.bind(kind); row.step();) {
    std::string digest = row.text();
    out.emplace_back(std::move(digest), row.text());
  }
  return out;
}

template class Reading<Reader>;
template class Reading<Writer>;

}  // namespace sparkgate::sqlite
