#include "tests/contract/store_contract.h"

#include "engine/base/codes.h"

namespace sparkgate::test {
namespace {

// Everything stored of an instance, as one text.
std::string shown(const std::optional<Filed>& filed) {
  if (!filed) return "none";
  const Instance& i = *filed->instance;
  Json timers = Json::array(), links = Json::array();
  for (const Timer& t : i.timers) timers.push_back({t.name, format_time(t.due), t.event});
  for (const auto& [kind, ref] : filed->index.links) links.push_back(kind + "=" + ref);
  const auto time = [](const std::optional<Time>& t) { return t ? Json(format_time(*t)) : Json(); };
  return Json({i.id, i.workflow, i.state, i.version, i.slot, hex(i.head), format_time(i.at), i.data, *i.personal,
               timers, filed->index.area, filed->index.unit, time(filed->index.starts), time(filed->index.ends), links})
      .dump();
}

std::vector<std::pair<std::string, std::string>> link(const std::string& kind, const std::string& ref) {
  return {{kind, ref}};
}

std::string due_names(Writer& writer, Time at, int limit = 100) {
  std::string out;
  for (const DueTimer& d : writer.due(at, limit)) out += d.instance + ":" + d.timer.name + " ";
  return out;
}

}  // namespace

ListQuery all_of(const std::string& workflow) {
  ListQuery query;
  query.workflow = workflow;
  return query;
}

void StoreContract::reopen() {
  store.reset();
  auto opened = GetParam().open(folder.path());
  if (!opened) throw std::runtime_error(describe(opened.error()));
  store = std::move(*opened);
}

void StoreContract::write(const std::function<void(Writer&)>& work) {
  writer().begin();
  work(writer());
  writer().commit();
}

Filed StoreContract::make(const std::string& id, std::vector<std::pair<std::string, std::string>> links,
                          const std::string& state) {
  const auto tail = writer().tail();
  auto instance = std::make_shared<Instance>();
  instance->id = id;
  instance->workflow = "w";
  instance->slot = tail.slots;
  Filed none;
  none.instance = instance;
  none.index.links = std::move(links);
  std::sort(none.index.links.begin(), none.index.links.end());
  journal::Head head;
  head.instance = id;
  head.at = a_monday();
  journal::Entry entry = journal::make_entry(head, {{"n", 0}}, {{"p", "q"}}, random);
  entry.index = tail.entries;
  instance->state = state;
  instance->version = 1;
  instance->at = a_monday() + seconds(tail.entries);
  instance->head = entry.leaf;
  write([&](Writer& w) {
    w.put(none, nullptr);
    w.append(id, instance->slot, 0, entry);
  });
  return none;
}

Filed StoreContract::alter(const Filed& before, const std::function<void(Instance&, Index&)>& change) {
  Filed now = before;
  auto instance = std::make_shared<Instance>(*before.instance);
  instance->version += 1;
  change(*instance, now.index);
  now.instance = instance;
  write([&](Writer& w) { w.put(now, &before); });
  return now;
}

std::string StoreContract::listed(const ListQuery& query) {
  std::string out;
  for (const auto& instance : store->reader()->list(query).items) {
    out.append(out.empty() ? "" : " ").append(instance->id);
  }
  return out;
}

// -- instances

TEST_P(StoreContract, what_is_put_is_what_is_loaded) {
  Filed filed = make("i1", {{"area", "1"}, {"unit", "2"}});
  filed = alter(filed, [](Instance& i, Index& index) {
    i.state = "Busy";
    i.data = {{"zh", "动火"}, {"deep", {{"list", {1, "2", nullptr, true}}}}, {"quote", "a\"b\\"}};
    i.personal = Json{{"name", "王"}};
    i.at = a_monday() + milliseconds(1234);
    i.timers = {{"a", a_monday(), "ring"}, {"b", a_monday() + milliseconds(1), "ring"}};
    index = {"330102", "U", a_monday(), a_monday() + hours(8), a_monday() + hours(1), "一号罐",
             {{"area", "1"}, {"person", "p"}}};
  });
  EXPECT_EQ(shown(store->reader()->instance("i1")), shown(filed));
  EXPECT_EQ(shown(writer().instance("i1")), shown(filed));
  reopen();
  EXPECT_EQ(shown(store->reader()->instance("i1")), shown(filed));
  EXPECT_EQ(shown(store->reader()->instance("i2")), "none");
}

TEST_P(StoreContract, links_and_timers_follow_each_change) {
  Filed filed = make("i1", {{"area", "1"}, {"unit", "2"}});
  filed = alter(filed, [](Instance& i, Index& index) {
    i.timers = {{"kept", a_monday(), "ring"}, {"moved", a_monday(), "ring"}, {"gone", a_monday(), "ring"}};
    index.links = {{"area", "1"}, {"area", "9"}};
  });
  filed = alter(filed, [](Instance& i, Index&) {
    i.timers = {{"kept", a_monday(), "ring"}, {"moved", a_monday() + hours(1), "ring"}};
  });
  EXPECT_EQ(shown(store->reader()->instance("i1")), shown(filed));
  auto reader = store->reader();
  EXPECT_EQ(reader->linked("w", "area", "1"), std::vector<std::string>{"i1"});
  EXPECT_EQ(reader->linked("w", "area", "9"), std::vector<std::string>{"i1"});
  EXPECT_TRUE(reader->linked("w", "unit", "2").empty());
  EXPECT_TRUE(reader->linked("other", "area", "1").empty());
  EXPECT_EQ(due_names(writer(), a_monday()), "i1:kept ");
  EXPECT_EQ(writer().next_due(), a_monday());
}

TEST_P(StoreContract, timers_come_in_order_of_time_instance_and_name) {
  const auto with = [&](const Filed& f, std::vector<Timer> timers) {
    alter(f, [&](Instance& i, Index&) { i.timers = std::move(timers); });
  };
  EXPECT_EQ(writer().next_due(), std::nullopt);
  with(make("i2"), {{"b", a_monday(), "r"}, {"a", a_monday(), "r"}});
  with(make("i1"),
       {{"z", a_monday(), "r"}, {"y", a_monday() - milliseconds(1), "r"}, {"x", a_monday() + seconds(1), "r"}});
  EXPECT_EQ(due_names(writer(), a_monday()), "i1:y i1:z i2:a i2:b ");
  EXPECT_EQ(due_names(writer(), a_monday(), 2), "i1:y i1:z ");
  EXPECT_EQ(writer().next_due(), a_monday() - milliseconds(1));
  write([](Writer& w) { w.drop_timer("i1", "y"); });
  EXPECT_EQ(writer().next_due(), a_monday());
}

// -- listings

TEST_P(StoreContract, lists_newest_first_by_cursor_without_gap_or_repeat) {
  for (int i = 0; i < 7; ++i) make("i" + std::to_string(i));
  ListQuery query = all_of("w");
  query.limit = 3;
  std::string pages;
  for (std::string page = listed(query); !page.empty(); page = listed(query)) {
    pages += page + "|";
    query.after = page.substr(page.size() - 2);
  }
  EXPECT_EQ(pages, "i6 i5 i4|i3 i2 i1|i0|");
  EXPECT_EQ(listed(all_of("other")), "");
}

TEST_P(StoreContract, lists_by_state_scopes_links_and_window) {
  const auto window = [&](const Filed& f, int from, int until) {
    alter(f, [&](Instance&, Index& index) {
      index.starts = a_monday() + hours(from);
      index.ends = a_monday() + hours(until);
    });
  };
  window(make("i1", {{"area", "1"}, {"unit", "a"}}, "Open"), 0, 2);
  window(make("i2", {{"area", "2"}, {"unit", "a"}}, "Closed"), 2, 4);
  window(make("i3", {{"area", "1"}, {"unit", "b"}}, "Closed"), 4, 6);
  make("i4", {{"area", "2"}, {"unit", "b"}}, "Open");
  struct Row {
    const char* expected;
    std::vector<std::pair<std::string, std::string>> scopes, links;
    const char* state;
    std::optional<int> from, until;
  };
  const Row rows[] = {
      {"i4 i3 i2 i1", {}, {}, "", {}, {}},
      {"i3 i2", {}, {}, "Closed", {}, {}},
      {"i3 i1", link("area", "1"), {}, "", {}, {}},
      {"i3 i2 i1", {{"area", "1"}, {"unit", "a"}}, {}, "", {}, {}},  // either, each once
      {"i2 i1", {}, link("unit", "a"), "", {}, {}},
      {"i1", {}, {{"unit", "a"}, {"area", "1"}}, "", {}, {}},        // both
      {"i1", link("area", "1"), link("unit", "a"), "", {}, {}},
      {"i3", link("area", "1"), {}, "Closed", {}, {}},
      {"i3 i2", {}, {}, "", 2, {}},   // one that ends at 2 does not touch [2, …)
      {"i2 i1", {}, {}, "", {}, 4},   // one that starts at 4 does not touch […, 4)
      {"i2", {}, {}, "Closed", 1, 4},
      {"i1", link("area", "1"), {}, "", 1, 3},
      {"", link("area", "3"), {}, "", {}, {}},
  };
  for (const Row& row : rows) {
    ListQuery query = all_of("w");
    query.scopes = row.scopes;
    query.links = row.links;
    if (*row.state) query.states = {row.state};
    if (row.from) query.from = a_monday() + hours(*row.from);
    if (row.until) query.until = a_monday() + hours(*row.until);
    EXPECT_EQ(listed(query), row.expected) << "row " << &row - rows;
  }
}

TEST_P(StoreContract, pages_of_merged_scopes_neither_skip_nor_repeat) {
  for (int i = 0; i < 9; ++i) make("i" + std::to_string(i), link("area", std::to_string(i % 3)));
  ListQuery query = all_of("w");
  query.scopes = {{"area", "0"}, {"area", "2"}};
  query.limit = 2;
  std::string pages;
  for (std::string page = listed(query); !page.empty(); page = listed(query)) {
    pages += page + "|";
    query.after = page.substr(page.size() - 2);
  }
  EXPECT_EQ(pages, "i8 i6|i5 i3|i2 i0|");
}

TEST_P(StoreContract, lists_what_is_due_soonest_first_by_cursor) {
  const std::pair<const char*, std::optional<int>> rows[] = {{"i1", 5}, {"i2", 1}, {"i3", {}}, {"i4", 5}, {"i5", 3}};
  for (const auto& [id, due] : rows) {
    alter(make(id, link("area", "1"), "Open"), [&, due = due](Instance&, Index& index) {
      if (due) index.due = a_monday() + hours(*due);
    });
  }
  make("i6", link("area", "1"), "Closed");
  ListQuery query = all_of("w");
  query.order = ListQuery::Order::due;
  query.states = {"Open", "Closed"};
  EXPECT_EQ(listed(query), "i2 i5 i1 i4");
  query.limit = 3;
  query.scopes = link("area", "1");
  const ListPage page = store->reader()->list(query);
  ASSERT_EQ(page.items.size(), 3u);
  query.after = page.next;
  EXPECT_EQ(listed(query), "i4");
  query.after = "";
  query.scopes = link("area", "2");
  EXPECT_EQ(listed(query), "");
}

TEST_P(StoreContract, finds_words_as_they_are_now) {
  const auto words = [&](const Filed& filed, const char* text) {
    return alter(filed, [&](Instance&, Index& index) { index.words = text; });
  };
  words(make("i1"), "DH2026-00001\n一号油罐区 动火作业");
  const Filed second = words(make("i2"), "二号油罐 weld Two pipes");
  const auto find = [&](const char* typed) {
    ListQuery query = all_of("w");
    query.words = typed;
    return listed(query);
  };
  EXPECT_EQ(find("油罐"), "i2 i1");
  EXPECT_EQ(find("油罐区"), "i1");
  EXPECT_EQ(find("业"), "i1");
  EXPECT_EQ(find("动火 00001"), "i1");
  EXPECT_EQ(find("dh2026-00"), "i1");
  EXPECT_EQ(find("ｔｗｏ"), "i2") << "full width";
  EXPECT_EQ(find("two weld"), "i2") << "in any order";
  EXPECT_EQ(find("油区"), "");
  EXPECT_EQ(find("\"*(OR"), "");
  words(second, "三号锅炉");
  EXPECT_EQ(find("油罐"), "i1");
  EXPECT_EQ(find("锅炉"), "i2");
  const auto loaded = store->reader()->instance("i2");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->index.words, "三号锅炉");
}

TEST_P(StoreContract, tallies_add_up_and_are_read_by_range) {
  write([&](Writer& w) {
    w.add_to_tally("a/1", 2);
    w.add_to_tally("a/1", -1);
    w.add_to_tally("a/2", 5);
    w.add_to_tally("b/1", 1);
  });
  const auto found = store->reader()->tallies("a/", "a0");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0], (std::pair<std::string, int64_t>("a/1", 1)));
  EXPECT_EQ(found[1], (std::pair<std::string, int64_t>("a/2", 5)));
}

// -- entries and what hangs on them

TEST_P(StoreContract, entries_come_back_byte_for_byte_in_order) {
  const Filed filed = make("i1");
  make("i2");
  journal::Head head;
  head.instance = "i1";
  head.seq = 1;
  journal::Entry second = journal::make_entry(head, {{"zh", "动火"}}, {}, random);
  second.index = 2;
  write([&](Writer& w) { w.append("i1", filed.instance->slot, 1, second); });
  const auto all = store->reader()->entries("i1");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].index, 0);
  const journal::Entry& got = all[1];
  EXPECT_EQ(
      std::tie(got.index, got.bytes, got.leaf, got.facts.json, got.facts.salt, got.personal_digest),
      std::tie(second.index, second.bytes, second.leaf, second.facts.json, second.facts.salt, second.personal_digest));
  ASSERT_TRUE(got.personal);
  EXPECT_EQ(got.personal->digest(), second.personal_digest);
  EXPECT_TRUE(store->reader()->entries("i3").empty());
}

TEST_P(StoreContract, an_index_or_a_place_in_a_chain_is_taken_once) {
  make("i1");
  journal::Entry again = store->reader()->entries("i1")[0];
  writer().begin();
  EXPECT_THROW(writer().append("i1", 0, 1, again), std::logic_error) << "same index";
  again.index = 1;
  EXPECT_THROW(writer().append("i1", 0, 0, again), std::logic_error) << "same place";
  writer().rollback();
}

TEST_P(StoreContract, the_tail_says_where_the_log_stands) {
  EXPECT_EQ(writer().tail().entries, 0);
  EXPECT_EQ(writer().tail().slots, 0);
  EXPECT_EQ(writer().tail().at, Time{});
  make("i1");
  const Filed last = make("i2");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(writer().tail().entries, 2);
    EXPECT_EQ(writer().tail().slots, 2);
    EXPECT_EQ(writer().tail().at, last.instance->at);
    reopen();
  }
}

TEST_P(StoreContract, follow_ups_are_found_from_their_cause_and_from_their_target) {
  make("i1"), make("i2");
  const FollowUpRecord record{0, 1, {"w", "i2", "stop", {{"why", "order"}}}, "refused", "wrong_state: no"};
  write([&](Writer& w) { w.put_follow_up(record, "i1"); });
  for (const char* id : {"i1", "i2"}) {
    const auto found = store->reader()->follow_ups(id);
    ASSERT_EQ(found.size(), 1u) << id;
    EXPECT_EQ(std::tie(found[0].cause, found[0].ordinal, found[0].status, found[0].outcome, found[0].command.event),
              std::tie(record.cause, record.ordinal, record.status, record.outcome, record.command.event));
    EXPECT_EQ(found[0].command.payload, record.command.payload);
  }
  EXPECT_TRUE(store->reader()->follow_ups("i3").empty());
}

TEST_P(StoreContract, notices_reach_a_person_or_a_role_within_its_unit_or_area) {
  make("i1");
  write([&](Writer& w) {
    w.put_notice(0, "i1", {"chief", "U1", "/33/3301/", "", "n1", {{"k", 1}}}, a_monday());
    w.put_notice(0, "i1", {"chief", "U2", "/33/3302/", "", "n2", {}}, a_monday());
    w.put_notice(0, "i1", {"", "", "", "ben", "n3", {}}, a_monday());
  });
  const auto read = [&](const std::string& person, std::vector<Grant> grants, int64_t before = INT64_MAX,
                        int limit = 9) {
    Actor actor;
    actor.person = person;
    actor.grants = std::move(grants);
    std::string out;
    for (const auto& n : store->reader()->notices(actor, before, limit)) out += n.notice.code + " ";
    return out;
  };
  EXPECT_EQ(read("ben", {}), "n3 ");
  EXPECT_EQ(read("ben", {{"chief", "", ""}}), "n3 n2 n1 ");
  EXPECT_EQ(read("ann", {{"chief", "", "33"}}), "n2 n1 ");
  EXPECT_EQ(read("ann", {{"chief", "", "3301"}}), "n1 ");
  EXPECT_EQ(read("ann", {{"chief", "U2", ""}, {"chief", "", "3301"}, {"chief", "", ""}}), "n2 n1 ") << "each once";
  EXPECT_EQ(read("ann", {{"guard", "", ""}}), "");
  EXPECT_EQ(read("", {}), "");
  EXPECT_EQ(read("ben", {{"chief", "", ""}}, INT64_MAX, 2), "n3 n2 ");
  EXPECT_EQ(read("ben", {{"chief", "", ""}}, 2), "n1 ");
}

// -- small things

TEST_P(StoreContract, answers_belong_to_account_and_key_and_are_pruned_by_age) {
  const StoredAnswer first{"ann", "k", sha256("1"), "{\"a\":1}", a_monday()};
  const StoredAnswer second{"ben", "k", sha256("2"), "{\"b\":2}", a_monday() + seconds(1)};
  write([&](Writer& w) { w.put_answer(first), w.put_answer(second); });
  reopen();
  ASSERT_TRUE(writer().answer("ann", "k"));
  EXPECT_EQ(writer().answer("ann", "k")->answer, first.answer);
  EXPECT_EQ(writer().answer("ben", "k")->body_digest, second.body_digest);
  EXPECT_FALSE(writer().answer("ann", "other"));
  write([](Writer& w) { w.prune_answers(a_monday() + seconds(1)); });
  EXPECT_FALSE(writer().answer("ann", "k"));
  EXPECT_TRUE(writer().answer("ben", "k")) << "only what is older";
}

TEST_P(StoreContract, counters_begin_at_one_and_do_not_forget) {
  EXPECT_EQ(writer().counter("c"), 0);
  write([](Writer& w) {
    EXPECT_EQ(w.raise_counter("c"), 1);
    EXPECT_EQ(w.raise_counter("c"), 2);
    EXPECT_EQ(w.raise_counter("d"), 1);
    w.set_counter("e", 7);
    w.set_counter("c", 40);
    w.set_counter("c", 9);
  });
  reopen();
  EXPECT_EQ(store->reader()->counter("c"), 9);
  EXPECT_EQ(store->reader()->counter("d"), 1);
  EXPECT_EQ(store->reader()->counter("e"), 7);
}

TEST_P(StoreContract, sessions_end_one_by_one_or_all_of_an_account) {
  make("ann"), make("ben");
  const auto session = [](const std::string& token, const std::string& account) {
    return Session{sha256(token), account, "browser", "label", "csrf", a_monday(), a_monday() + hours(8)};
  };
  write([&](Writer& w) {
    w.put_session(session("a", "ann")), w.put_session(session("b", "ann")), w.put_session(session("c", "ben"));
  });
  const auto got = store->reader()->session(sha256("a"));
  ASSERT_TRUE(got);
  EXPECT_EQ(std::tie(got->account, got->kind, got->label, got->csrf_token),
            std::make_tuple("ann", "browser", "label", "csrf"));
  EXPECT_EQ(got->expires, a_monday() + hours(8));
  EXPECT_EQ(store->reader()->sessions("ann").size(), 2u);
  write([](Writer& w) { w.end_session(sha256("a")); });
  EXPECT_FALSE(store->reader()->session(sha256("a")));
  EXPECT_TRUE(store->reader()->session(sha256("b")));
  write([](Writer& w) { w.end_sessions("ann"); });
  EXPECT_TRUE(store->reader()->sessions("ann").empty());
  EXPECT_TRUE(store->reader()->session(sha256("c")));
}

TEST_P(StoreContract, secrets_meta_and_documents) {
  make("i1");
  write([](Writer& w) {
    w.put_secret("i1", "password", "one"), w.put_secret("i1", "password", "two");
    w.put_meta("m", "one"), w.put_meta("m", "two");
    w.put_document("pack", "digest-b", "bytes\n动火"), w.put_document("pack", "digest-a", "a");
    w.put_document("pack", "digest-a", "a"), w.put_document("calendar", "digest-c", "c");
  });
  auto reader = store->reader();
  EXPECT_EQ(reader->secret("i1", "password"), "two");
  EXPECT_EQ(reader->secret("i1", "other"), std::nullopt);
  EXPECT_EQ(reader->meta("m") + reader->meta("none"), "two");
  const std::vector<std::pair<std::string, std::string>> packs = {{"digest-a", "a"}, {"digest-b", "bytes\n动火"}};
  EXPECT_EQ(reader->documents("pack"), packs);
}

// -- transactions

TEST_P(StoreContract, readers_see_a_transaction_only_when_it_is_committed) {
  auto reader = store->reader();
  writer().begin();
  EXPECT_TRUE(writer().in_transaction());
  writer().put_meta("m", "new");
  EXPECT_EQ(writer().meta("m"), "new");
  EXPECT_EQ(reader->meta("m"), "");
  writer().commit();
  EXPECT_FALSE(writer().in_transaction());
  EXPECT_EQ(reader->meta("m"), "new");
}

TEST_P(StoreContract, undo_goes_back_to_the_savepoint_and_rollback_to_the_beginning) {
  writer().begin();
  writer().put_meta("a", "1");
  writer().savepoint();
  writer().put_meta("b", "1");
  writer().undo();
  writer().savepoint();
  writer().put_meta("c", "1");
  writer().release();
  writer().commit();
  EXPECT_EQ(writer().meta("a") + "," + writer().meta("b") + "," + writer().meta("c"), "1,,1");
  writer().begin();
  writer().put_meta("d", "1");
  writer().savepoint();
  writer().put_meta("e", "1");
  writer().rollback();
  writer().rollback();
  EXPECT_EQ(writer().meta("d") + writer().meta("e"), "");
  write([](Writer& w) { w.put_meta("f", "1"); });
  EXPECT_EQ(writer().meta("f"), "1");
}

TEST_P(StoreContract, an_open_transaction_is_lost_with_the_process) {
  write([](Writer& w) { w.put_meta("a", "1"); });
  writer().begin();
  writer().put_meta("b", "1");
  reopen();
  EXPECT_EQ(writer().meta("a") + writer().meta("b"), "1");
}

TEST_P(StoreContract, housekeeping_changes_nothing_that_is_read) {
  for (int i = 0; i < 50; ++i) write([&](Writer& w) { w.put_meta("k" + std::to_string(i), std::string(20'000, 'x')); });
  for (const bool idle : {false, true, true}) writer().housekeeping(idle);
  EXPECT_EQ(store->reader()->meta("k49").size(), 20'000u);
  reopen();
  EXPECT_EQ(store->reader()->meta("k0").size(), 20'000u);
}

TEST_P(StoreContract, has_one_owner_at_a_time) {
  const auto second = GetParam().open(folder.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::data_in_use);
  store.reset();
  EXPECT_TRUE(GetParam().open(folder.path()));
}

}  // namespace sparkgate::test
