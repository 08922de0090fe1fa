// Writes are whole or nothing, one after the other, and refuse what no report can be.
#include <semaphore>
#include <thread>

#include "tests/contract/intake_contract.h"

namespace sparkgate::test {
namespace {

using Work = std::function<void(IntakeWriter&)>;

// Writes the report with one member set otherwise.
template <class Change>
Work report_with(const Change& change) {
  return [change](IntakeWriter& w) {
    StoredReport report = a_report("bad");
    change(report);
    w.put(report);
  };
}

template <class Change>
Work item_with(const Change& change) {
  return [change](IntakeWriter& w) {
    StoredItem item = an_item("a", 5);
    change(item);
    w.add(item);
  };
}

std::vector<std::pair<const char*, Work>> impossible_reports() {
  return {
      {"no id", report_with([](auto& r) { r.id = ""; })},
      {"an id in capitals", report_with([](auto& r) { r.id = "ABCDEF" + r.id.substr(6); })},
      {"an id with another after it", report_with([](auto& r) { r.id += "00"; })},
      {"a short lookup", report_with([](auto& r) { r.lookup.pop_back(); })},
      {"no state", report_with([](auto& r) { r.state = ""; })},
      {"no day of receipt", report_with([](auto& r) { r.received = ""; })},
      {"a time of receipt", report_with([](auto& r) { r.received = "2026-03-02 09:00"; })},
      {"a day that never comes", report_with([](auto& r) { r.due = "2026-02-30"; })},
      {"a day in words", report_with([](auto& r) { r.expires = "now"; })},
      {"a day by its number", report_with([](auto& r) { r.expires = "2460000.50"; })},
      {"a negative epoch", report_with([](auto& r) { r.secret_epoch = -1; })},
      {"a negative version", report_with([](auto& r) { r.version = -1; })},
      {"a file that is nowhere", item_with([](auto& i) { i.kind = "file"; })},
      {"a text with a file", item_with([](auto& i) { i.file = id_of("file"); })},
      {"an item of no kind", item_with([](auto& i) { i.kind = "File"; })},
      {"an item from nowhere", item_with([](auto& i) { i.direction = ""; })},
      {"an item of a source with a name", item_with([](auto& i) { i.direction = "from_source"; })},
      {"an item of no officer", item_with([](auto& i) { i.author = ""; })},
      {"a negative sequence", item_with([](auto& i) { i.sequence = -1; })},
      {"an item with a time", item_with([](auto& i) { i.day = "2026-03-02T09:00:00Z"; })},
  };
}

std::vector<std::pair<const char*, Work>> impossible_others() {
  return {
      {"an item twice", [](IntakeWriter& w) { w.add(an_item("a", 0)); }},
      {"a step twice", [](IntakeWriter& w) { w.add(a_step("a", 0)); }},
      {"an item of no report", [](IntakeWriter& w) { w.add(an_item("none", 0)); }},
      {"a step of no report", [](IntakeWriter& w) { w.add(a_step("none", 0)); }},
      {"a key for no item", [](IntakeWriter& w) { w.reseal_item(id_of("a"), 9, "key"); }},
      {"a wrap of no report", [](IntakeWriter& w) { w.put(a_wrap("none", "key")); }},
      {"an officer's account",
       [](IntakeWriter& w) {
         StoredOfficer officer = an_officer("ben");
         officer.account = an_officer("ann").account;
         w.put(officer);
       }},
      {"an officer with half a key",
       [](IntakeWriter& w) {
         StoredOfficer officer = an_officer("ben");
         officer.signing_key.resize(16);
         w.put(officer);
       }},
      {"a roster twice",
       [](IntakeWriter& w) {
         w.add(StoredRoster{1, "other", "s"});
       }},
      {"a roster of no epoch",
       [](IntakeWriter& w) {
         w.add(StoredRoster{0, "other", "s"});
       }},
      {"a day twice", [](IntakeWriter& w) { w.add(a_day(k_day)); }},
      {"a leaf of no day", [](IntakeWriter& w) { w.add_leaf("", bytes_named("leaf")); }},
      {"half a leaf", [](IntakeWriter& w) { w.add_leaf(k_next_day, bytes_named("leaf").substr(16)); }},
      {"a leaf twice", [](IntakeWriter& w) { w.add_leaf(k_next_day, bytes_named("there")); }},
  };
}

}  // namespace

TEST_P(IntakeContract, what_cannot_be_is_refused_and_nothing_is_kept_of_the_work) {
  store->write([](IntakeWriter& w) {
    put_whole(w, "a"), w.put(an_officer("ann")), w.add(StoredRoster{1, "one", "s"}), w.add(a_day(k_day));
    w.add_leaf(k_next_day, bytes_named("there"));
  });
  for (const auto& table : {impossible_reports(), impossible_others()}) {
    for (const auto& [what, work] : table) {
      const auto& attempt = work;
      EXPECT_TRUE(is_refused([&](IntakeWriter& w) { w.put(a_report("b")), attempt(w); })) << what;
      EXPECT_FALSE(ask([](IntakeReader& r) { return r.report(id_of("b")); })) << what;
    }
  }
  store->write([](IntakeWriter& w) { put_whole(w, "b"); });
}

TEST_P(IntakeContract, work_that_throws_leaves_nothing_and_the_next_goes_through) {
  store->write([](IntakeWriter& w) { put_whole(w, "kept"); });
  const auto fail_after = [&](const Work& work) {
    EXPECT_THROW(store->write([&](IntakeWriter& w) { work(w), throw std::runtime_error("test"); }), std::runtime_error);
  };
  fail_after([](IntakeWriter& w) { put_whole(w, "new"), w.put_setting("s", "v"); });
  fail_after([](IntakeWriter& w) { w.erase_report(id_of("kept")); });
  fail_after([](IntakeWriter& w) { w.add_leaf(k_day, bytes_named("leaf")), w.add(a_day(k_day)); });
  EXPECT_THROW(store->read([](IntakeReader& r) { r.reports(), throw std::runtime_error("test"); }), std::runtime_error);
  const auto expect_the_old = [&] {
    store->read([](IntakeReader& r) {
      EXPECT_EQ(r.reports(), std::vector{a_report("kept")});
      EXPECT_EQ(r.items(id_of("kept")).size(), 2u);
      EXPECT_EQ(r.setting("s"), "");
      EXPECT_TRUE(r.days().empty() && r.days_with_leaves().empty());
    });
  };
  expect_the_old();
  store->write([](IntakeWriter& w) { w.put(a_report("kept")); });
  reopen();
  expect_the_old();
}

TEST_P(IntakeContract, a_writer_reads_its_own_work_and_others_only_what_is_committed) {
  store->write([](IntakeWriter& w) { put_whole(w, "old"); });
  store->write([&](IntakeWriter& w) {
    w.put(a_report("new")), w.erase_report(id_of("old"));
    EXPECT_EQ(w.reports(), std::vector{a_report("new")});
    std::jthread other([&] {
      EXPECT_EQ(ask([](IntakeReader& r) { return r.reports(); }), std::vector{a_report("old")});
      EXPECT_EQ(ask([](IntakeReader& r) { return r.items(id_of("old")).size(); }), 2u);
    });
  });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.reports(); }), std::vector{a_report("new")});
}

TEST_P(IntakeContract, one_piece_of_reading_is_of_one_moment_whatever_is_written_meanwhile) {
  store->read([&](IntakeReader& r) {
    EXPECT_TRUE(r.reports().empty());
    std::jthread([&] { store->write([](IntakeWriter& w) { put_whole(w, "a"); }); }).join();
    EXPECT_TRUE(r.reports().empty());
    EXPECT_FALSE(r.report(id_of("a")));
  });
  EXPECT_EQ(ask([](IntakeReader& r) { return r.reports().size(); }), 1u);
}

TEST_P(IntakeContract, writes_go_one_after_the_other) {
  constexpr int k_writes = 25;
  const auto count = [](IntakeReader& r) { return r.setting("count").size(); };
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < k_writes; ++i) {
          store->write([](IntakeWriter& w) { w.put_setting("count", w.setting("count") + "x"); });
          EXPECT_GT(ask(count), 0u);
        }
      });
    }
  }
  EXPECT_EQ(ask(count), size_t{3 * k_writes});
}

TEST_P(IntakeContract, reports_are_erased_while_others_read_and_write) {
  {
    std::vector<std::jthread> threads;
    for (const char* name : {"a", "b", "c"}) {
      threads.emplace_back([this, name] {
        for (int i = 0; i < 10; ++i) {
          store->write([&](IntakeWriter& w) { put_whole(w, name); });
          EXPECT_TRUE(ask([&](IntakeReader& r) { return r.report(id_of(name)); })) << name;
          store->write([&](IntakeWriter& w) { w.erase_report(id_of(name)); });
        }
      });
    }
  }
  EXPECT_TRUE(ask([](IntakeReader& r) { return r.reports(); }).empty());
}

}  // namespace sparkgate::test
