// Each state, scope or (without any) link is one walk along an index that stops when it has enough, or has looked at
// many in vain; the walks are merged. So a page costs the same however many instances there are.
#include "engine/store/sqlite/sqlite_list.h"

#include <algorithm>

#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_words.h"

namespace sparkgate::sqlite {
namespace {

constexpr int k_most_misfits = 5'000;  // of one walk, then it stops: the next page goes on from there

using Link = std::pair<std::string, std::string>;

struct Found {
  std::string key;  // by which the page is ordered; a walk stopped at one is a cursor
  InstancePtr instance;
};

std::string padded(int64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%019lld", static_cast<long long>(number));
  return text;
}

class Listing {
 public:
  Listing(Connection& db, const ListQuery& query) : db_(db), query_(query) {}
  ListPage page();

 private:
  bool ascends() const { return query_.order == ListQuery::Order::due; }
  bool comes_before(const std::string& a, const std::string& b) const { return ascends() ? a < b : a > b; }
  void walk_all();
  void walk_state(const std::string& state);
  void walk_due(const std::string& state);
  void walk_link(const Link& link);
  void walk_words();
  template <class Key>
  void take(Run& row, const Key& key);
  bool fits(const std::string& id, const std::string& state);
  bool has_link(const std::string& id, const Link& link);
  InstancePtr load(const std::string& id);

  Connection& db_;
  const ListQuery& query_;
  bool scopes_are_walked_ = false;
  std::vector<Found> found_;
  std::optional<std::string> stop_;  // the nearest key that a walk stopped at: beyond it the page would have gaps
};

bool Listing::has_link(const std::string& id, const Link& link) {
  Run row = db_.run("SELECT 1 FROM links WHERE workflow = ? AND kind = ? AND ref = ? AND instance = ?");
  return row.bind(query_.workflow).bind(link.first).bind(link.second).bind(id).step();
}

bool Listing::fits(const std::string& id, const std::string& state) {
  const auto has = [&](const Link& link) { return has_link(id, link); };
  const auto& states = query_.states;
  if (!states.empty() && std::find(states.begin(), states.end(), state) == states.end()) return false;
  if (!std::all_of(query_.links.begin(), query_.links.end(), has)) return false;
  return scopes_are_walked_ || query_.scopes.empty() || std::any_of(query_.scopes.begin(), query_.scopes.end(), has);
}

// Null when its window is another.
InstancePtr Listing::load(const std::string& id) {
  Run row = db_.run(
      "SELECT id, workflow, state, version, slot, head, at, data, personal FROM instances "
      "WHERE id = ?1 AND (?2 IS NULL OR ends > ?2) AND (?3 IS NULL OR starts < ?3)");
  if (!row.bind(id).bind(query_.from).bind(query_.until).step()) return nullptr;
  return std::make_shared<Instance>(read_instance(row));
}

// Rows are (id, state, …); `key` makes the key of one.
template <class Key>
void Listing::take(Run& row, const Key& key) {
  int taken = 0, misfits = 0;
  while (row.step()) {
    const std::string id = row.text(), state = row.text();
    const std::string at = key(id, row);
    InstancePtr instance = fits(id, state) ? load(id) : nullptr;
    if (instance) {
      found_.push_back({at, std::move(instance)});
      ++taken;
    } else {
      ++misfits;
    }
    if (taken < query_.limit && misfits < k_most_misfits) continue;
    if (!stop_ || comes_before(at, *stop_)) stop_ = at;
    return;
  }
}

const auto k_by_id = [](const std::string& id, Run&) { return id; };

void Listing::walk_all() {
  Run row = db_.run("SELECT id, state FROM instances WHERE workflow = ? AND id < ? ORDER BY id DESC");
  take(row.bind(query_.workflow).bind(query_.after.empty() ? "~" : query_.after), k_by_id);
}

void Listing::walk_state(const std::string& state) {
  Run row = db_.run("SELECT id, state FROM instances WHERE workflow = ? AND state = ? AND id < ? ORDER BY id DESC");
  take(row.bind(query_.workflow).bind(state).bind(query_.after.empty() ? "~" : query_.after), k_by_id);
}

void Listing::walk_link(const Link& link) {
  Run row = db_.run(
      "SELECT l.instance, i.state FROM links l JOIN instances i ON i.id = l.instance "
      "WHERE l.workflow = ? AND l.kind = ? AND l.ref = ? AND l.instance < ? ORDER BY l.instance DESC");
  row.bind(query_.workflow).bind(link.first).bind(link.second);
  take(row.bind(query_.after.empty() ? "~" : query_.after), k_by_id);
}

// A cursor is "0001764331200000000.ID".
void Listing::walk_due(const std::string& state) {
  const size_t point = std::min(query_.after.find('.'), query_.after.size());
  const int64_t due = std::strtoll(query_.after.c_str(), nullptr, 10);
  const std::string id = query_.after.substr(std::min(point + 1, query_.after.size()));
  Run row = db_.run(
      "SELECT id, state, due FROM instances WHERE workflow = ?1 AND state = ?2 AND due IS NOT NULL "
      "AND (due, id) > (?3, ?4) ORDER BY due, id");
  row.bind(query_.workflow).bind(state).bind(due).bind(id);
  take(row, [](const std::string& at, Run& due_row) { return padded(due_row.number()) + "." + at; });
}

// Slots are in the order in which instances were made.
void Listing::walk_words() {
  const std::string wanted = match_expression(query_.words);
  if (wanted.empty()) return;
  const int64_t before = query_.after.empty() ? INT64_MAX : std::strtoll(query_.after.c_str(), nullptr, 10);
  Run row = db_.run(
      "SELECT i.id, i.state, w.rowid FROM words w CROSS JOIN instances i ON i.slot = w.rowid "
      "WHERE w.text MATCH ?1 AND w.rowid < ?2 AND i.workflow = ?3 ORDER BY w.rowid DESC");
  row.bind(wanted).bind(before).bind(query_.workflow);
  take(row, [](const std::string&, Run& word_row) { return padded(word_row.number()); });
}

ListPage Listing::page() {
  scopes_are_walked_ = !query_.scopes.empty() && query_.words.empty() && !ascends() && !query_.states_are_few;
  if (!query_.words.empty()) {
    walk_words();
  } else if (ascends()) {
    for (const std::string& state : query_.states) walk_due(state);
  } else if (scopes_are_walked_) {
    for (const Link& scope : query_.scopes) walk_link(scope);
  } else if (!query_.links.empty()) {
    walk_link(query_.links.front());
  } else if (!query_.states.empty()) {
    for (const std::string& state : query_.states) walk_state(state);
  } else {
    walk_all();
  }
  std::sort(found_.begin(), found_.end(), [&](const Found& a, const Found& b) { return comes_before(a.key, b.key); });
  ListPage out{{}, stop_.value_or("")};
  std::string last;
  for (Found& found : found_) {
    if (found.key == last || (stop_ && comes_before(*stop_, found.key))) continue;
    if (out.items.size() == static_cast<size_t>(query_.limit)) {
      out.next = last;
      break;
    }
    last = found.key;
    out.items.push_back(std::move(found.instance));
  }
  return out;
}

}  // namespace

ListPage list(Connection& db, const ListQuery& query) { return Listing(db, query).page(); }

}  // namespace sparkgate::sqlite
