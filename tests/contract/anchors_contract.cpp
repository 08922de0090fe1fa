// What every store promises of anchors: checkpoints, and what others gave for them.
#include "tests/contract/store_contract.h"

namespace sparkgate::test {
namespace {

// "size note kind/name kind/name …"
std::string text_of(const std::optional<Anchored>& anchored) {
  if (!anchored) return "none";
  std::string out = std::to_string(anchored->size) + " " + anchored->note;
  for (const Anchor& anchor : anchored->anchors) out += " " + anchor.kind + "/" + anchor.name;
  return out;
}

void in_transaction(Store& store, const std::function<void(Writer&)>& work) {
  store.writer().begin();
  work(store.writer());
  store.writer().commit();
}

// A store with two logs.
Store& with_logs(Store& store) {
  in_transaction(store, [](Writer& w) {
    w.put_log({0, "log/0", 0, 0, sha256(""), ""});
    w.put_log({1, "log/1", 5, 0, sha256(""), ""});
  });
  return store;
}

void anchor(Store& store, uint64_t size, const std::string& kind, const std::string& name, Time at = a_monday(),
            int64_t log = 0) {
  in_transaction(store, [&](Writer& w) {
    w.put_checkpoint(log, size, "note");
    w.put_anchor(log, size, {kind, name, "bytes of " + name, at});
  });
}

}  // namespace

TEST_P(StoreContract, checkpoints_keep_what_was_given_for_them) {
  with_logs(*store);
  const std::string der("\x30\x00\xff", 3);
  write([&](Writer& w) {
    w.put_checkpoint(0, 7, "seven");
    w.put_anchor(0, 7, {"timestamp", "tsa", der, a_monday()});
    w.put_anchor(0, 7, {"cosignature", "b", "line b", a_monday() + hours(1)});
    w.put_anchor(0, 7, {"cosignature", "a", "line a", a_monday()});
  });
  reopen();
  const auto got = store->reader()->anchored(0, 7);
  EXPECT_EQ(text_of(got), "7 seven cosignature/a cosignature/b timestamp/tsa");
  EXPECT_EQ(got->log, 0);
  EXPECT_EQ(got->anchors[2].bytes, der);
  EXPECT_EQ(got->anchors[1].at, a_monday() + hours(1));
  EXPECT_EQ(text_of(store->reader()->anchored(0, 8)), "none");
  EXPECT_EQ(text_of(store->reader()->anchored(1, 7)), "none") << "another log";
}

TEST_P(StoreContract, an_anchor_that_came_first_stays) {
  with_logs(*store);
  write([](Writer& w) {
    w.put_checkpoint(0, 7, "first"), w.put_checkpoint(0, 7, "second");
    w.put_anchor(0, 7, {"cosignature", "a", "first", a_monday()});
    w.put_anchor(0, 7, {"cosignature", "a", "second", a_monday()});
  });
  const auto got = store->reader()->anchored(0, 7);
  EXPECT_EQ(text_of(got), "7 first cosignature/a");
  EXPECT_EQ(got->anchors[0].bytes, "first");
}

TEST_P(StoreContract, the_last_anchor_of_a_name_is_found) {
  Store& s = with_logs(*store);
  anchor(s, 3, "cosignature", "a"), anchor(s, 9, "cosignature", "a"), anchor(s, 9, "cosignature", "b");
  anchor(s, 12, "timestamp", "a"), anchor(s, 40, "cosignature", "a", a_monday(), 1);
  EXPECT_EQ(text_of(store->reader()->last_anchored(0, "cosignature", "a")), "9 note cosignature/a");
  EXPECT_EQ(text_of(store->reader()->last_anchored(0, "timestamp", "a")), "12 note timestamp/a");
  EXPECT_EQ(text_of(store->reader()->last_anchored(0, "timestamp", "b")), "none");
}

TEST_P(StoreContract, the_first_checkpoint_that_covers_so_many_entries_and_is_anchored_is_found) {
  Store& s = with_logs(*store);
  anchor(s, 3, "timestamp", "t"), anchor(s, 5, "cosignature", "a"), anchor(s, 8, "timestamp", "t");
  anchor(s, 8, "timestamp", "u"), anchor(s, 6, "timestamp", "t", a_monday(), 1);
  const auto first = [this](uint64_t least) { return text_of(store->reader()->first_anchored(0, "timestamp", least)); };
  EXPECT_EQ(first(1), "3 note timestamp/t");
  EXPECT_EQ(first(3), "3 note timestamp/t");
  EXPECT_EQ(first(4), "8 note timestamp/t timestamp/u");
  EXPECT_EQ(first(9), "none");
}

TEST_P(StoreContract, the_newest_checkpoint_with_enough_anchors_is_found) {
  Store& s = with_logs(*store);
  anchor(s, 3, "cosignature", "a"), anchor(s, 3, "cosignature", "b"), anchor(s, 3, "cosignature", "c");
  anchor(s, 5, "cosignature", "a"), anchor(s, 5, "cosignature", "c"), anchor(s, 5, "timestamp", "b");
  anchor(s, 8, "cosignature", "b");
  const auto newest = [this](std::vector<std::string> names, size_t count, uint64_t least) {
    const auto found = store->reader()->anchored_by(0, "cosignature", names, count, least);
    return found ? std::to_string(found->size) : "none";
  };
  EXPECT_EQ(newest({"a", "b", "c"}, 1, 0), "8");
  EXPECT_EQ(newest({"a", "b", "c"}, 2, 0), "5");
  EXPECT_EQ(newest({"a", "b", "c"}, 3, 0), "3");
  EXPECT_EQ(newest({"a", "b"}, 2, 0), "3") << "who is not named does not count";
  EXPECT_EQ(newest({"a", "b", "c"}, 2, 5), "5");
  EXPECT_EQ(newest({"a", "b", "c"}, 2, 6), "none");
  EXPECT_EQ(newest({}, 1, 0), "none");
  EXPECT_EQ(newest({"a\" OR 1=1 --", "'"}, 1, 0), "none");
}

TEST_P(StoreContract, of_old_anchors_the_last_of_each_hour_stays) {
  Store& s = with_logs(*store);
  const Time day = a_monday();
  anchor(s, 1, "cosignature", "a", day + minutes(1)), anchor(s, 1, "cosignature", "b", day + minutes(1));
  anchor(s, 2, "cosignature", "a", day + minutes(2)), anchor(s, 2, "timestamp", "t", day + minutes(2));
  anchor(s, 3, "cosignature", "a", day + minutes(59));
  anchor(s, 4, "cosignature", "a", day + minutes(60));
  anchor(s, 5, "cosignature", "a", day + minutes(121)), anchor(s, 6, "cosignature", "a", day + minutes(122));
  write([&](Writer& w) { w.thin_anchors("cosignature", day, day + hours(2), hours(1)); });
  auto reader = store->reader();
  EXPECT_EQ(text_of(reader->anchored(0, 1)), "1 note cosignature/b") << "b has no later one";
  EXPECT_EQ(text_of(reader->anchored(0, 2)), "2 note timestamp/t") << "timestamps all stay";
  EXPECT_EQ(text_of(reader->anchored(0, 3)), "3 note cosignature/a");
  EXPECT_EQ(text_of(reader->anchored(0, 4)), "4 note cosignature/a");
  EXPECT_EQ(text_of(reader->anchored(0, 5)), "5 note cosignature/a") << "not old yet";
  anchor(s, 7, "cosignature", "a", day + minutes(61));
  write([&](Writer& w) { w.thin_anchors("cosignature", day, day + hours(2), hours(1)); });
  EXPECT_EQ(text_of(reader->anchored(0, 4)), "none") << "a checkpoint without anchors goes";
}

}  // namespace sparkgate::test
