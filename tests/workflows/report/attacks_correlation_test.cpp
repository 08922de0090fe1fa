// What a copy of the database tells of times and lengths: days, and which of a few sizes.
#include <gtest/gtest.h>

#include <bit>
#include <set>

#include "certs/padding.h"
#include "tests/support/intake_rig.h"
#include "tests/support/raw_database.h"

namespace sparkgate::test {
namespace {

struct Correlation : testing::Test {
  IntakeRig rig;
  std::filesystem::path database() const { return rig.folder.path() / "intake" / "reports.db"; }
};

// By table: what is no sealed or random thing. A new column in clear is a decision, not an oversight.
TEST_F(Correlation, what_stands_in_clear_is_on_this_list) {
  const std::map<std::string, std::set<std::string>> columns = {
      {"settings", {"name", "value"}},
      {"reports",
       {"id", "lookup", "state", "version", "items", "last_item", "received", "due", "expires", "is_urgent", "is_held",
        "source_wrap", "auth_sealed", "secret_epoch"}},
      {"wraps", {"report", "key_id", "sealed"}},
      {"items", {"report", "sequence", "kind", "direction", "author", "key_sealed", "file", "body", "proof", "day"}},
      {"steps", {"report", "sequence", "text"}},
      {"officers", {"id", "account", "name", "reading_key", "signing_key", "passphrase_wrap", "recovery_wrap"}},
      {"rosters", {"epoch", "text", "signature"}},
      {"leaves", {"day", "leaf"}},
      {"days", {"day", "root", "leaves"}},
      {"hand_offs", {"key", "due", "sealed", "outcome"}}};
  RawDatabase raw(database());
  std::set<std::string> tables;
  for (const RawRow& row : raw.rows("sqlite_schema")) {
    if (row[0].bytes == "table") tables.insert(row[1].bytes);
  }
  EXPECT_EQ(tables.size(), columns.size());
  size_t count = 0;
  for (const auto& [table, names] : columns) {
    const auto all = raw.columns(table);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), names) << table;
    count += all.size();
  }
  std::printf("%zu columns of %zu tables, each of them known\n", count, tables.size());
}

TEST_F(Correlation, no_time_of_day_stands_anywhere) {
  rig.clock.advance(hours(3) + minutes(17) + seconds(29));
  for (int i = 0; i < 5; ++i) {
    rig.filed();
    rig.clock.advance(minutes(7));
  }
  const std::string hour = format_time(rig.clock.wall()).substr(11, 3);
  size_t cells = 0;
  RawDatabase raw(database());
  for (const char* table : {"reports", "wraps", "items", "steps", "leaves", "days"}) {
    for (const RawRow& row : raw.rows(table)) {
      for (const Value& value : row) {
        EXPECT_EQ(value.kind == Value::Kind::text && value.bytes.find(hour) != std::string::npos, false) << table;
        EXPECT_LT(value.kind == Value::Kind::integer ? value.number : 0, 1'000'000) << table << ": as large as a time";
        ++cells;
      }
    }
  }
  std::printf("%zu cells, none with a time of day\n", cells);
}

TEST_F(Correlation, names_are_random_and_do_not_sort_by_time) {
  std::vector<std::string> in_order;
  std::set<std::string> known;
  for (int i = 0; i < 64; ++i) {
    rig.filed();
    rig.store->read([&](IntakeReader& reader) {
      for (const auto& report : reader.reports()) {
        if (known.insert(report.id).second) in_order.push_back(report.id);
      }
    });
    rig.clock.advance(seconds(1));
  }
  int rising = 0, bits = 0;
  for (size_t i = 1; i < in_order.size(); ++i) rising += in_order[i] > in_order[i - 1];
  for (const std::string& id : in_order) {
    const std::string bytes = from_hex(id).value();
    for (const char c : bytes) bits += std::popcount(static_cast<unsigned char>(c));
  }
  EXPECT_NEAR(rising, 31.5, 14) << "six times the deviation of a shuffled order";
  EXPECT_NEAR(bits, 64 * 64, 6 * 45.3) << "of 8192 uniform bits";
  std::printf("64 names in a row: %d of 63 rise, %d of 8192 bits are set\n", rising, bits);
}

TEST_F(Correlation, texts_of_one_bucket_have_one_size_whatever_they_say) {
  int texts = 0;
  for (const size_t length : {1, 2, 100, 400, 700, 1200, 2000, 3000, 3500, 5000, 8000, 11000}) {
    rig.filed(std::string(length, 'x'));
    ++texts;
  }
  std::set<size_t> bodies, keys, proofs, wraps;
  rig.store->read([&](IntakeReader& reader) {
    for (const auto& report : reader.reports()) {
      for (const auto& item : reader.items(report.id)) {
        bodies.insert(item.body.size());
        keys.insert(item.key_sealed.size());
        proofs.insert(item.proof.size());
      }
      for (const auto& wrap : reader.wraps_of_report(report.id)) wraps.insert(wrap.sealed.size());
    }
  });
  EXPECT_EQ(bodies, (std::set<size_t>{1024 + 48, 4096 + 48, 16384 + 48}));
  EXPECT_EQ(keys.size() + proofs.size() + wraps.size(), 3u);
  std::printf("texts of %d lengths: %zu sizes of bodies, one of keys, marks and wraps\n", texts, bodies.size());
}

TEST_F(Correlation, due_days_of_one_day_s_reports_are_two_at_most) {
  std::set<std::string> due;
  for (const auto& category : report::categories()) {
    ASSERT_TRUE(rig.source.file({std::string(category.code), "", "gate", "", "text", {}}));
    rig.clock.advance(minutes(11));
  }
  rig.store->read([&](IntakeReader& reader) {
    for (const auto& report : reader.reports()) due.insert(report.due);
  });
  EXPECT_LE(due.size(), 2u) << "urgent ones and the others";
}

}  // namespace
}  // namespace sparkgate::test
