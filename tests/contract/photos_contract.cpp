// What every store promises of photos: their rows, who has sent them, which look alike, which nothing uses.
#include "tests/contract/store_contract.h"

namespace sparkgate::test {
namespace {

StoredPhoto a_photo(const std::string& sha256, uint64_t look = 0) {
  return {sha256, 1234, 40, 30, "2026-03-02T09:00:00+08:00", "107.6", "29.9", look};
}

using Names = std::vector<std::string>;

}  // namespace

TEST_P(StoreContract, a_photo_is_kept_as_it_was_first_told) {
  const StoredPhoto told = a_photo("aa", 0xFEDCBA9876543210);
  StoredPhoto other = told;
  other.width = 99;
  write([&](Writer& w) { w.put_photo(told, "ann", a_monday()), w.put_photo(other, "ben", a_monday()); });
  reopen();
  const auto kept = store->reader()->photo("aa");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->sha256, "aa");
  EXPECT_EQ(kept->bytes, 1234);
  EXPECT_EQ(kept->width, 40);
  EXPECT_EQ(kept->height, 30);
  EXPECT_EQ(kept->taken_at, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(kept->longitude, "107.6");
  EXPECT_EQ(kept->latitude, "29.9");
  EXPECT_EQ(kept->look, 0xFEDCBA9876543210);
  EXPECT_FALSE(store->reader()->photo("AA"));
}

TEST_P(StoreContract, all_who_have_sent_a_photo_are_known_and_when_last) {
  write([&](Writer& w) {
    w.put_photo(a_photo("aa"), "ann", a_monday());
    w.put_photo(a_photo("aa"), "ben", a_monday() + hours(2));
    w.put_photo(a_photo("bb"), "ann", a_monday() + hours(1));
    w.put_photo(a_photo("aa"), "ann", a_monday() + hours(3));
  });
  const auto reader = store->reader();
  EXPECT_TRUE(reader->has_sent_photo("ann", "aa") && reader->has_sent_photo("ben", "aa"));
  EXPECT_FALSE(reader->has_sent_photo("ben", "bb") || reader->has_sent_photo("cat", "aa"));
  EXPECT_EQ(reader->count_photos_sent("ann", a_monday()), 2);
  EXPECT_EQ(reader->count_photos_sent("ann", a_monday() + hours(2)), 1);
  EXPECT_EQ(reader->count_photos_sent("ben", a_monday() + hours(2)), 1);
  EXPECT_EQ(reader->count_photos_sent("cat", a_monday()), 0);
}

// Two bits may lie in any two of the thirds by which a store may look, at their edges too.
TEST_P(StoreContract, photos_that_differ_in_two_bits_at_most_look_alike_wherever_these_are) {
  const uint64_t look = 0x8123456789ABCDEF;
  write([&](Writer& w) {
    for (int a = 0; a < 64; ++a) {
      for (const int b : {0, 20, 21, 41, 42, 63}) {
        const uint64_t other = look ^ (1ull << a) ^ (a == b ? 0 : 1ull << b);
        w.put_photo(a_photo(std::to_string(a) + "-" + std::to_string(b), other), "ann", a_monday());
      }
    }
    w.put_photo(a_photo("far", look ^ 0b111), "ann", a_monday());
    w.put_photo(a_photo("farther", ~look), "ann", a_monday());
    w.put_photo(a_photo("same", look), "ann", a_monday());
  });
  const auto reader = store->reader();
  EXPECT_EQ(reader->photos_like(a_photo("x", look), 1000).size(), 64 * 6 + 1u);
  EXPECT_EQ(reader->photos_like(a_photo("same", look), 1000).size(), 64 * 6u) << "itself is no other";
  EXPECT_EQ(reader->photos_like(a_photo("x", look), 2), (Names{"0-0", "0-20"})) << "the oldest first";
  EXPECT_EQ(reader->photos_like(a_photo("x", ~look), 10), Names{"farther"});
}

TEST_P(StoreContract, photos_are_unused_that_nothing_links_to_and_nobody_sent_lately) {
  const Time since = a_monday() + hours(24);
  write([&](Writer& w) {
    for (const char* sha256 : {"old", "older", "linked", "other kind", "again"}) {
      w.put_photo(a_photo(sha256), "ann", a_monday());
    }
    w.put_photo(a_photo("new"), "ann", since);
    w.put_photo(a_photo("again"), "ben", since);
  });
  make("i-1", {{"photo", "linked"}, {"unit", "other kind"}});
  EXPECT_EQ(store->reader()->unused_photos(since, 10), (Names{"old", "older", "other kind"}));
  EXPECT_EQ(store->reader()->unused_photos(since, 2), (Names{"old", "older"}));
  EXPECT_EQ(store->reader()->unused_photos(a_monday(), 10), Names());
}

TEST_P(StoreContract, a_photo_goes_only_while_it_is_unused) {
  const Time since = a_monday() + hours(24);
  write([&](Writer& w) {
    for (const char* sha256 : {"old", "linked"}) w.put_photo(a_photo(sha256, 7), "ann", a_monday());
    w.put_photo(a_photo("new", 7), "ann", since);
  });
  make("i-1", {{"photo", "linked"}});
  std::vector<bool> gone;
  write([&](Writer& w) {
    for (const char* sha256 : {"old", "linked", "new", "none"}) gone.push_back(w.remove_unused_photo(sha256, since));
  });
  EXPECT_EQ(gone, (std::vector<bool>{true, false, false, false}));
  const auto reader = store->reader();
  EXPECT_FALSE(reader->photo("old") || reader->has_sent_photo("ann", "old"));
  EXPECT_EQ(reader->photos_like(a_photo("x", 7), 10), (Names{"linked", "new"}));
}

}  // namespace sparkgate::test
