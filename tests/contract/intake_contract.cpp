// What is put is what is read: rows, listings, what they must not hold.
#include "tests/contract/intake_contract.h"

#include <algorithm>

namespace sparkgate::test {

void IntakeContract::reopen() {
  store.reset();
  auto opened = GetParam().open(folder.path());
  if (!opened) throw std::runtime_error(describe(opened.error()));
  store = std::move(*opened);
}

bool IntakeContract::is_refused(const std::function<void(IntakeWriter&)>& work) {
  try {
    store->write(work);
  } catch (const std::logic_error&) {
    return true;
  }
  return false;
}

std::string id_of(std::string_view name) { return hex(sha256(name)).substr(0, k_report_id_digits); }

std::string bytes_named(std::string_view name) { return std::string(bytes_of(sha256(name))); }

std::string blob_named(std::string_view name) {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) out += static_cast<char>(byte);
  return out.append(name);
}

StoredReport a_report(std::string_view name) {
  StoredReport out;
  out.id = id_of(name);
  out.lookup = bytes_named("lookup of " + std::string(name));
  out.state = "Received";
  out.version = 2;
  out.items = 3;
  out.last_item = sha256("last");
  out.received = k_day;
  out.due = "2026-03-09";
  out.expires = "2027-03-02";
  out.is_urgent = true;
  out.secret_epoch = 7;
  out.source_wrap = blob_named("source wrap");
  out.auth_sealed = blob_named("auth");
  return out;
}

StoredWrap a_wrap(std::string_view report, std::string_view key) {
  return {id_of(report), id_of(key), blob_named("wrap for " + std::string(key))};
}

StoredItem an_item(std::string_view report, int64_t sequence) {
  StoredItem out{
      id_of(report),      sequence,            "text", "from_source", "", blob_named("key"), "",
      blob_named("body"), blob_named("proof"), std::string(k_day)};
  if (sequence % 2 == 1) out.direction = "from_officer", out.author = id_of("officer");
  return out;
}

StoredStep a_step(std::string_view report, int64_t sequence) {
  return {id_of(report), sequence, "{\"step\":" + std::to_string(sequence) + ",\"zh\":\"举报\"}"};
}

StoredOfficer an_officer(std::string_view name) {
  const std::string text(name);
  return {id_of(name),
          "account of " + text,
          text,
          bytes_named(text + " reads"),
          bytes_named(text + " signs"),
          blob_named("passphrase"),
          blob_named("recovery")};
}

StoredDay a_day(std::string_view day) {
  return {std::string(day), sha256(day), bytes_named("second") + bytes_named("first")};
}

void put_whole(IntakeWriter& writer, std::string_view report) {
  writer.put(a_report(report));
  for (const char* key : {"key 1", "key 2"}) writer.put(a_wrap(report, key));
  for (const int64_t sequence : {0, 1}) writer.add(an_item(report, sequence)), writer.add(a_step(report, sequence));
}

std::vector<std::string> ids_of(const std::vector<StoredReport>& reports) {
  std::vector<std::string> out;
  for (const StoredReport& report : reports) out.push_back(report.id);
  return out;
}

std::vector<std::string> ids_of(std::initializer_list<std::string_view> names) {
  std::vector<std::string> out;
  for (const std::string_view name : names) out.push_back(id_of(name));
  return out;
}

namespace {

using Names = std::vector<std::string>;

// Whatever there is of a report.
auto whole(IntakeReader& r, std::string_view report) {
  const std::string id = id_of(report);
  return std::tuple(r.report(id), r.wraps_of_report(id), r.items(id), r.steps(id));
}

template <class Value, class Key>
std::vector<Value> sorted(std::vector<Value> values, const Key& key) {
  std::sort(values.begin(), values.end(), [&](const Value& a, const Value& b) { return key(a) < key(b); });
  return values;
}

}  // namespace

TEST_P(IntakeContract, what_is_put_of_a_report_is_what_is_read) {
  const auto expect_all = [&] {
    store->read([](IntakeReader& r) {
      const std::string id = id_of("a");
      EXPECT_EQ(r.report(id), a_report("a"));
      EXPECT_EQ(r.report_by_lookup(a_report("a").lookup), a_report("a"));
      EXPECT_EQ(r.items(id), (std::vector{an_item("a", 0), an_item("a", 1)}));
      EXPECT_EQ(r.item(id, 1), an_item("a", 1));
      EXPECT_EQ(r.steps(id), (std::vector{a_step("a", 0), a_step("a", 1)}));
      const auto wraps =
          sorted(std::vector{a_wrap("a", "key 1"), a_wrap("a", "key 2")}, [](auto& w) { return w.key_id; });
      EXPECT_EQ(r.wraps_of_report(id), wraps);
    });
  };
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  expect_all();
  reopen();
  expect_all();
}

TEST_P(IntakeContract, what_is_put_beside_reports_is_what_is_read) {
  const auto expect_all = [&] {
    store->read([](IntakeReader& r) {
      EXPECT_EQ(r.setting("salt"), blob_named("new"));
      EXPECT_EQ(r.setting("none"), "");
      EXPECT_EQ(r.officers(), std::vector{an_officer("ann")});
      EXPECT_EQ(r.officer_of_account("account of ann"), an_officer("ann"));
      EXPECT_EQ(r.rosters(), (std::vector<StoredRoster>{{2, "two", blob_named("2")}, {3, "three", blob_named("3")}}));
      EXPECT_EQ(r.days(), std::vector{a_day(k_day)});
    });
  };
  store->write([](IntakeWriter& w) {
    w.put_setting("none", {});
    w.put_setting("salt", blob_named("old"));
    w.put_setting("salt", blob_named("new"));
    w.put(an_officer("ann"));
    w.add(StoredRoster{3, "three", blob_named("3")});
    w.add(StoredRoster{2, "two", blob_named("2")});
    w.add(a_day(k_day));
  });
  expect_all();
  reopen();
  expect_all();
}

TEST_P(IntakeContract, what_was_never_put_is_not_there) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"); });
  store->read([](IntakeReader& r) {
    EXPECT_EQ(r.setting("salt"), "");
    for (const std::string& id : {std::string(), std::string("%"), id_of("b")}) {
      EXPECT_FALSE(r.report(id)) << id;
      EXPECT_TRUE(r.items(id).empty() && r.steps(id).empty() && r.wraps_of_report(id).empty()) << id;
      EXPECT_TRUE(r.wraps_of_key(id).empty()) << id;
      EXPECT_FALSE(r.names_file(id)) << id;
    }
    EXPECT_FALSE(r.report_by_lookup({}) || r.report_by_lookup(bytes_named("x")) || r.report_by_lookup(id_of("a")));
    EXPECT_FALSE(r.item(id_of("a"), 2) || r.item(id_of("a"), -1));
    EXPECT_FALSE(r.officer_of_account({}) || !r.rosters().empty());
    EXPECT_TRUE(r.officers().empty() && r.days().empty() && r.days_with_leaves().empty() && r.leaves(k_day).empty());
  });
}

TEST_P(IntakeContract, a_key_that_is_to_read_nothing_loses_the_wraps_of_all_reports) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  Names both = ids_of({"key 1", "key 2"});
  std::sort(both.begin(), both.end());
  EXPECT_EQ(ask([](IntakeReader& r) { return r.wrapped_keys(); }), both);
  for (int i = 0; i < 2; ++i) {
    store->write([](IntakeWriter& w) { w.remove_wraps_of_key(id_of("key 1")); });
    EXPECT_EQ(ask([](IntakeReader& r) { return r.wrapped_keys(); }), ids_of({"key 2"}));
    EXPECT_EQ(ask([](IntakeReader& r) { return r.wraps_of_key(id_of("key 2")).size(); }), 2u);
  }
}

TEST_P(IntakeContract, an_item_is_sealed_anew_and_nothing_else_of_it_changes) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"), w.reseal_item(id_of("a"), 1, blob_named("other key")); });
  StoredItem changed = an_item("a", 1);
  changed.key_sealed = blob_named("other key");
  EXPECT_EQ(ask([](IntakeReader& r) { return r.items(id_of("a")); }), (std::vector{an_item("a", 0), changed}));
}

TEST_P(IntakeContract, a_report_is_replaced_where_its_id_is_known_and_keeps_what_it_has) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  StoredReport changed;  // nothing as it was
  changed.id = id_of("a");
  changed.lookup = bytes_named("another");
  changed.state = "Closed";
  changed.received = k_next_day;
  changed.is_held = true;
  store->write([&](IntakeWriter& w) { w.put(changed); });
  store->read([&](IntakeReader& r) {
    EXPECT_EQ(r.report(changed.id), changed);
    EXPECT_EQ(r.report_by_lookup(changed.lookup), changed);
    EXPECT_FALSE(r.report_by_lookup(a_report("a").lookup)) << "what it was led to before leads nowhere";
    EXPECT_EQ(r.items(changed.id).size(), 2u);
    EXPECT_EQ(r.report(id_of("b")), a_report("b"));
  });
}

TEST_P(IntakeContract, a_lookup_leads_to_one_report_alone) {
  store->write([](IntakeWriter& w) { w.put(a_report("a")), w.put(a_report("b")); });
  StoredReport thief = a_report("b");
  for (const char* id : {"b", "new"}) {
    thief.id = id_of(id);
    thief.lookup = a_report("a").lookup;
    EXPECT_TRUE(is_refused([&](IntakeWriter& w) { w.put(thief); })) << id;
  }
  EXPECT_EQ(ask([](IntakeReader& r) { return r.report_by_lookup(a_report("a").lookup); }), a_report("a"));
  EXPECT_EQ(ask([](IntakeReader& r) { return r.report_by_lookup(a_report("b").lookup); }), a_report("b"));
}

TEST_P(IntakeContract, reports_are_due_from_their_day_on) {
  store->write([](IntakeWriter& w) {
    for (const char* due : {"2026-03-01", "2026-03-02", "2026-03-03", ""}) {
      StoredReport report = a_report(due);
      report.due = due;
      w.put(report);
    }
  });
  const auto due = [&](std::string_view day) {
    return ask([&](IntakeReader& r) { return ids_of(r.reports_due(day)); });
  };
  EXPECT_EQ(due("2026-02-28"), Names());
  EXPECT_EQ(due("2026-03-01"), ids_of({"2026-03-01"}));
  EXPECT_EQ(due("2026-03-02").size(), 2u);
  EXPECT_EQ(due("2027-01-01").size(), 3u) << "what waits for nothing is never due";
  EXPECT_EQ(due(""), Names());
}

TEST_P(IntakeContract, reports_expire_on_their_day_and_held_ones_never) {
  const auto put = [&](std::string_view name, std::string_view expires, bool is_held) {
    StoredReport report = a_report(name);
    report.expires = expires;
    report.is_held = is_held;
    store->write([&](IntakeWriter& w) { w.put(report); });
  };
  const auto expired = [&](std::string_view day) {
    return ask([&](IntakeReader& r) { return ids_of(r.reports_expired(day)); });
  };
  put("first", "2026-03-01", false), put("held", "2026-03-01", true), put("open", "", false);
  put("second", "2026-03-02", false);
  EXPECT_EQ(expired("2026-02-28"), Names());
  EXPECT_EQ(expired("2026-03-01"), ids_of({"first"}));
  EXPECT_EQ(expired("2026-03-02").size(), 2u);
  EXPECT_EQ(expired("2099-01-01").size(), 2u);
  put("held", "2026-03-01", false);
  EXPECT_EQ(expired("2099-01-01").size(), 3u) << "released";
}

TEST_P(IntakeContract, listings_do_not_tell_the_order_in_which_things_came) {
  const Names names = {"a", "b", "c", "d", "e", "f"};
  const auto fill = [&](const std::string& name) {
    store->write([&](IntakeWriter& w) {
      w.put(a_report(name)), w.put(a_wrap(name, "key")), w.put(an_officer(name));
      w.put(a_wrap(names[0], name)), w.add_leaf(k_day, bytes_named(name));
    });
  };
  for (const std::string& name : names) fill(name);
  store->read([](IntakeReader& r) {
    const auto reports = r.reports();
    ASSERT_EQ(reports.size(), 6u);
    const auto by_id = [](const auto& x) { return x.id; };
    EXPECT_EQ(reports, sorted(reports, by_id));
    EXPECT_EQ(r.reports_due("2099-01-01"), reports);
    EXPECT_EQ(r.reports_expired("2099-01-01"), reports);
    EXPECT_EQ(r.officers(), sorted(r.officers(), by_id));
    EXPECT_EQ(r.wraps_of_key(id_of("key")), sorted(r.wraps_of_key(id_of("key")), [](auto& w) { return w.report; }));
    EXPECT_EQ(r.wraps_of_report(id_of("a")), sorted(r.wraps_of_report(id_of("a")), [](auto& w) { return w.key_id; }));
    EXPECT_EQ(r.leaves(k_day), sorted(r.leaves(k_day), [](auto& leaf) { return leaf; }));
  });
}

TEST_P(IntakeContract, items_and_steps_come_by_sequence_and_days_by_day) {
  store->write([](IntakeWriter& w) {
    w.put(a_report("a"));
    for (const int64_t sequence : {10, 2, 0, 1}) w.add(an_item("a", sequence)), w.add(a_step("a", sequence));
    w.add(a_day(k_next_day)), w.add(a_day(k_day));
  });
  store->read([](IntakeReader& r) {
    EXPECT_EQ(r.items(id_of("a")), (std::vector{an_item("a", 0), an_item("a", 1), an_item("a", 2), an_item("a", 10)}));
    EXPECT_EQ(r.steps(id_of("a")), (std::vector{a_step("a", 0), a_step("a", 1), a_step("a", 2), a_step("a", 10)}));
    EXPECT_EQ(r.days(), (std::vector{a_day(k_day), a_day(k_next_day)}));
  });
}

TEST_P(IntakeContract, a_key_has_one_wrap_of_a_report_until_it_is_removed) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  StoredWrap again = a_wrap("a", "key 1");
  again.sealed = "sealed anew";
  store->write([&](IntakeWriter& w) { w.put(again), w.remove_wrap(id_of("a"), id_of("key 2")); });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.wraps_of_report(id_of("a")); }), std::vector{again});
  EXPECT_EQ(ask([](IntakeReader& r) { return r.wraps_of_report(id_of("b")).size(); }), 2u);
  EXPECT_EQ(ask([](IntakeReader& r) { return r.wraps_of_key(id_of("key 2")); }), std::vector{a_wrap("b", "key 2")});
}

TEST_P(IntakeContract, an_officer_is_replaced_where_the_id_is_known) {
  StoredOfficer ann = an_officer("ann");
  store->write([&](IntakeWriter& w) { w.put(ann), w.put(an_officer("ben")); });
  ann = {ann.id, "another", "Ann", bytes_named("r"), bytes_named("s"), "new passphrase", "new recovery"};
  store->write([&](IntakeWriter& w) { w.put(ann); });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.officer_of_account("another"); }), ann);
  EXPECT_FALSE(ask([](IntakeReader& r) { return r.officer_of_account("account of ann"); }));
  EXPECT_EQ(ask([](IntakeReader& r) { return r.officers().size(); }), 2u);
}

TEST_P(IntakeContract, a_days_leaves_go_into_it_and_it_takes_no_more) {
  store->write([](IntakeWriter& w) {
    for (const char* name : {"first", "second"}) w.add_leaf(k_day, bytes_named(name));
    w.add_leaf(k_next_day, bytes_named("first"));
  });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.days_with_leaves(); }),
            (Names{std::string(k_day), std::string(k_next_day)}));
  EXPECT_EQ(ask([](IntakeReader& r) { return r.leaves(k_day).size(); }), 2u);
  store->write([](IntakeWriter& w) { w.add(a_day(k_day)); });
  store->read([](IntakeReader& r) {
    EXPECT_EQ(r.days_with_leaves(), Names{std::string(k_next_day)});
    EXPECT_TRUE(r.leaves(k_day).empty());
    EXPECT_EQ(r.leaves(k_next_day), Names{bytes_named("first")});
    EXPECT_EQ(r.days(), std::vector{a_day(k_day)});
  });
  EXPECT_TRUE(is_refused([](IntakeWriter& w) { w.add_leaf(k_day, bytes_named("late")); }));
}

TEST_P(IntakeContract, a_hand_off_is_due_from_its_hour_on_until_it_is_done) {
  const StoredHandOff early{id_of("early"), "2026-03-02T07:00:00Z", bytes_named("early"), ""};
  const StoredHandOff late{id_of("late"), "2026-03-02T08:00:00Z", bytes_named("late"), ""};
  store->write([&](IntakeWriter& w) { w.put(late), w.put(early); });
  const auto due = [&](std::string_view hour) {
    return ask([&](IntakeReader& r) { return r.hand_offs_due(hour); });
  };
  EXPECT_TRUE(due("2026-03-02T06:00:00Z").empty());
  EXPECT_EQ(due("2026-03-02T07:00:00Z"), std::vector{early});
  EXPECT_EQ(due("2026-03-03T00:00:00Z").size(), 2u);
  const StoredHandOff done{early.key, "", "", "{\"instance\":\"01\"}"};
  store->write([&](IntakeWriter& w) { w.put(done); });
  EXPECT_EQ(due("2026-03-03T00:00:00Z"), std::vector{late});
  EXPECT_EQ(ask([&](IntakeReader& r) { return r.hand_off(early.key); }), done);
  EXPECT_FALSE(ask([](IntakeReader& r) { return r.hand_off(id_of("never")); }));
  for (const char* hour : {"2026-03-02", "2026-03-02T07:30:00Z"}) {
    EXPECT_TRUE(is_refused([&](IntakeWriter& w) { w.put(StoredHandOff{id_of("x"), hour, "{}", ""}); })) << hour;
  }
}

TEST_P(IntakeContract, a_file_is_named_by_an_item_of_its_kind_until_the_report_is_erased) {
  StoredItem file = an_item("a", 0), text = an_item("a", 1);
  file.kind = "file", file.file = id_of("file");
  text.body = id_of("text");
  store->write([&](IntakeWriter& w) { w.put(a_report("a")), w.add(file), w.add(text); });
  EXPECT_TRUE(ask([](IntakeReader& r) { return r.names_file(id_of("file")); }));
  EXPECT_FALSE(ask([](IntakeReader& r) { return r.names_file(id_of("text")); }));
  store->write([](IntakeWriter& w) { w.erase_report(id_of("a")); });
  EXPECT_FALSE(ask([](IntakeReader& r) { return r.names_file(id_of("file")); }));
}

TEST_P(IntakeContract, an_erased_report_leaves_the_others_as_they_are) {
  store->write([](IntakeWriter& w) { put_whole(w, "a"), put_whole(w, "b"); });
  store->write([](IntakeWriter& w) { w.erase_report(id_of("a")), w.erase_report(id_of("never there")); });
  store->read([](IntakeReader& r) {
    EXPECT_EQ(whole(r, "a"), whole(r, "never there"));
    EXPECT_FALSE(r.report_by_lookup(a_report("a").lookup));
    EXPECT_EQ(r.reports(), std::vector{a_report("b")});
    EXPECT_EQ(r.wraps_of_key(id_of("key 1")), std::vector{a_wrap("b", "key 1")});
    EXPECT_EQ(r.items(id_of("b")).size(), 2u);
    EXPECT_EQ(r.steps(id_of("b")).size(), 2u);
  });
  store->write([](IntakeWriter& w) { put_whole(w, "a"); });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.report(id_of("a")); }), a_report("a"));
}

}  // namespace sparkgate::test
