// Everything that the database and the files hold of a report, altered one thing at a time, as whoever can write to the
// disk would: what was altered is not shown, and nothing is shown that nobody said.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/files.h"
#include "tests/support/intake_rig.h"
#include "tests/support/raw_database.h"

namespace sparkgate::test {
namespace {

// Altered so, a column ("*": any) changes nothing of what was said.
struct Clear {
  const char *table, *column, *reason;
};
const Clear k_clear[] = {
    {"reports", "lookup", "the officers find it all the same; its code leads nowhere"},
    {"reports", "state", "in clear, as the clocks need it"},
    {"reports", "version", "counts what steps there are"},
    {"reports", "items", "counts what items there are"},
    {"reports", "last_item", "ties the next item; those before it are tied to each other"},
    {"reports", "received", "in clear: the day"},
    {"reports", "due", "in clear: the day"},
    {"reports", "expires", "in clear: the day"},
    {"reports", "is_urgent", "in clear, as the clocks need it"},
    {"reports", "is_held", "in clear: who erases must know it"},
    {"reports", "secret_epoch", "in clear: whoever writes here can put off a fresh secret, or ask for one"},
    {"items", "day", "in clear: the day"},
    {"steps", "*", "transitions stand in clear; the day's root in the main log is their witness"},
    {"officers", "*", "says who may try a passphrase; to whom is sealed stands on the roster"},
    {"settings", "*", "tell nothing of a report"},
    {"leaves", "*", "hashes of steps"},
    {"days", "*", "hashes of steps"},
};

bool is_in_clear(const std::string& table, const std::string& column) {
  return std::any_of(std::begin(k_clear), std::end(k_clear), [&](const Clear& row) {
    return table == row.table && (column == row.column || row.column == std::string("*"));
  });
}

// What one reader is shown, and whether it is told that something is not as it was.
using Shown = std::multiset<std::string>;
constexpr const char* k_proven = ": all of it is proven";

class TamperedReport : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* text : {"report A", "report B"}) {
      codes.push_back(rig.filed(text).code);
      rig.store->read([&](IntakeReader& reader) {
        for (const auto& report : reader.reports()) {
          if (std::find(ids.begin(), ids.end(), report.id) == ids.end()) ids.push_back(report.id);
        }
      });
      talk(ids.size() - 1);
    }
    before = shown(true);
    before_in_brief = shown(false);
  }

  void talk(size_t i) {
    const auto keys = rig.source.keys_of(codes[i]);
    const std::string& id = ids[i];
    const auto& officer = rig.officers[0].unlocked;
    must(rig.desk.act(officer, id, {"acknowledge", "taken up", "a note"}));
    must(rig.source.act(keys, "answer", "an answer"));
    const auto file = rig.source.begin_file(keys).value();
    std::string sealed;
    SealedFileWriter writer(file.key, file.place, [&](std::string_view bytes) { sealed += bytes; });
    writer.write("the bytes of a file");
    writer.finish();
    must(rig.intake.files.put(file.name, sealed));
    must(rig.source.end_file(keys, file, {"a.jpg", "image/jpeg", "jpeg", 19, sha256(sealed)}));
    must(rig.source.act(keys, "answer", "the last word"));
  }

  static void must(const Result<void>& done) { ASSERT_TRUE(done) << describe(done.error()); }

  static void add(Shown& shown, const std::string& who, const std::vector<report::Said>& said) {
    for (const auto& one : said) {
      shown.insert(who + " " + std::to_string(one.sequence) + " " + one.kind + " " +
                   std::string(name_of(one.direction)) + " " + one.author + " " + one.content.dump());
    }
  }

  void add_officer(Shown& shown, size_t who, const std::string& id, bool with_files) {
    const std::string name = "officer " + std::to_string(who) + " reads " + id;
    const auto view = rig.desk.read(rig.officers[who].unlocked, id);
    if (!view) return;
    add(shown, name, view->said);
    if (view->unproven == 0) shown.insert(name + k_proven);
    for (const auto& said : view->said) {
      if (said.file.empty() || !with_files) continue;
      std::string bytes;
      const auto sink = [&](std::string_view piece) { bytes += piece; };
      if (rig.desk.open_file(rig.officers[who].unlocked, id, said.sequence, sink)) shown.insert(name + ": " + bytes);
    }
  }

  // To everybody, or to one officer and the source alone.
  Shown shown(bool to_all) {
    Shown out;
    for (size_t who = 0; who < (to_all ? 2 : 1); ++who) add_officer(out, who, ids[0], to_all);
    for (size_t i = 0; i < (to_all ? 2 : 1); ++i) {
      const auto own = rig.source.look(rig.source.keys_of(codes[i]));
      if (own) add(out, "source " + std::to_string(i), own->said);
    }
    return out;
  }

  bool lists(const std::string& id) {
    const auto all = rig.desk.list(rig.officers[0].unlocked).value();
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.report.id == id; });
  }

  void judge(const std::string& table, const std::string& column, const std::string& what) {
    const bool to_all = !is_brief || table == "wraps";
    const Shown &usual = to_all ? before : before_in_brief, after = shown(to_all);
    const bool is_seen = after != usual, is_clear = is_in_clear(table, column);
    EXPECT_TRUE(std::includes(usual.begin(), usual.end(), after.begin(), after.end()))
        << table << "." << column << " " << what << ": something else is shown";
    EXPECT_TRUE(is_seen || is_clear) << table << "." << column << " " << what << " is not seen";
    ++(is_seen ? refused : unseen);
  }

  // Changes rows, judges, and changes them back. What the schema does not let happen counts apart.
  void alter(const std::string& table, const std::vector<std::pair<RawRow, RawRow>>& changes, size_t column,
             const std::string& what) {
    std::vector<std::pair<RawRow, RawRow>> done;
    for (const auto& [row, after] : changes) {
      if (row != after && database->replace(table, row, after)) done.emplace_back(row, after);
    }
    if (done.empty()) return void(++prevented);
    judge(table, database->columns(table)[column], what);
    const bool is_other_altered = std::any_of(done.begin(), done.end(), [&](const auto& change) {
      return change.first[0].bytes == ids[1];
    });
    EXPECT_TRUE(is_other_altered || lists(ids[1])) << table << " " << what << ": another report is not listed any more";
    for (const auto& [row, after] : done) ASSERT_TRUE(database->replace(table, after, row));
  }

  void alter(const std::string& table, const RawRow& row, size_t column, const Value& value, const std::string& what) {
    RawRow after = row;
    after[column] = value;
    if (after != row) alter(table, {{row, after}}, column, what);
  }

  std::vector<RawRow> rows_of(const std::string& table, const std::string& id) {
    auto rows = database->rows(table);
    std::erase_if(rows, [&](const RawRow& row) { return row[0].bytes != id; });
    return rows;
  }

  size_t column_of(const std::string& table, const std::string& name) {
    const auto columns = database->columns(table);
    return static_cast<size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  }

  void flip_each_byte(const std::string& table, const RawRow& row, size_t column, size_t step) {
    for (size_t at = 0; at < row[column].bytes.size(); at += step) {
      Value value = row[column];
      value.bytes[at] ^= 1;
      alter(table, row, column, value, "with byte " + std::to_string(at) + " flipped");
    }
  }

  void cut(const std::string& table, const RawRow& row, size_t column) {
    for (const size_t size : {row[column].bytes.size() - 1, row[column].bytes.size() / 2, size_t(0)}) {
      Value value = row[column];
      value.bytes.resize(size);
      alter(table, row, column, value, "cut to " + std::to_string(size));
    }
    Value longer = row[column];
    longer.bytes += longer.bytes;
    alter(table, row, column, longer, "doubled");
  }

  void swap(const std::string& table, const RawRow& one, const RawRow& other, size_t column) {
    RawRow one_after = one, other_after = other;
    std::swap(one_after[column], other_after[column]);
    alter(table, {{one, one_after}, {other, other_after}}, column, "swapped with another's");
  }

  void print(const char* what) const {
    std::printf(
        "%s: %d alterations refused or not shown, %d of what is in clear, %d prevented by the schema\n", what, refused,
        unseen, prevented);
  }

  IntakeRig rig;
  std::vector<ReceiptCode> codes;
  std::vector<std::string> ids;  // in the same order
  Shown before, before_in_brief;
  bool is_brief = false;  // one officer and the source are enough to tell
  int refused = 0, unseen = 0, prevented = 0;
  std::unique_ptr<RawDatabase> database = std::make_unique<RawDatabase>(rig.folder.path() / "intake" / "reports.db");
};

struct Sealed {
  const char *table, *column;
};
constexpr Sealed k_sealed[] = {{"reports", "source_wrap"}, {"reports", "auth_sealed"}, {"wraps", "sealed"},
                               {"items", "key_sealed"},    {"items", "proof"},         {"items", "body"}};
constexpr size_t k_rows =
    2;  // of which each byte is flipped: the source's first item, an officer's; of others each 16th

TEST_F(TamperedReport, no_sealed_byte_is_altered_unseen) {
  is_brief = true;
  for (const auto& [table, column] : k_sealed) {
    const size_t at = column_of(table, column);
    const auto rows = rows_of(table, ids[0]);
    for (size_t r = 0; r < rows.size(); ++r) {
      flip_each_byte(table, rows[r], at, r < k_rows ? 1 : 16);
      cut(table, rows[r], at);
    }
  }
  print("sealed bytes");
  EXPECT_GT(refused, 1500);
  EXPECT_EQ(unseen, 0);
}

TEST_F(TamperedReport, nothing_sealed_is_shown_in_another_s_place) {
  for (const auto& [table, column] : k_sealed) {
    const size_t at = column_of(table, column);
    const auto own = rows_of(table, ids[0]), others = rows_of(table, ids[1]);
    for (size_t i = 0; i < own.size(); ++i) {
      for (size_t j = i + 1; j < own.size(); ++j) swap(table, own[i], own[j], at);
      for (const RawRow& other : others) swap(table, own[i], other, at);
    }
  }
  print("swapped");
  EXPECT_GT(refused, 100);
  EXPECT_EQ(unseen, 0);
}

TEST_F(TamperedReport, no_item_is_moved_replayed_or_taken_away_unseen) {
  const auto items = rows_of("items", ids[0]);
  const auto wraps = rows_of("wraps", ids[0]);
  for (const auto& [table, rows] : {std::pair("items", items), std::pair("wraps", wraps)}) {
    for (const RawRow& row : rows) {
      ASSERT_TRUE(database->remove(table, row));
      judge(table, "row", "removed");
      const bool is_told = !shown(true).contains("officer 0 reads " + ids[0] + k_proven);
      EXPECT_TRUE(is_told || std::string(table) == "wraps") << "of item " << row[1].number << " that is not there";
      ASSERT_TRUE(database->insert(table, row));
    }
  }
  for (const RawRow& row : items) {
    for (const int64_t sequence : {static_cast<int64_t>(items.size()), int64_t(100)}) {
      RawRow again = row;
      again[1].number = sequence;
      ASSERT_TRUE(database->insert("items", again));
      judge("items", "row", "replayed");
      ASSERT_TRUE(database->remove("items", again));
    }
  }
  for (size_t i = 0; i + 1 < items.size(); ++i) {
    RawRow one = items[i], next = items[i + 1];
    for (const RawRow& row : {one, next}) ASSERT_TRUE(database->remove("items", row));
    std::swap(one[1], next[1]);
    for (const RawRow& row : {one, next}) ASSERT_TRUE(database->insert("items", row));
    judge("items", "row", "in another order");
    for (const RawRow& row : {one, next}) ASSERT_TRUE(database->remove("items", row));
    for (const RawRow& row : {items[i], items[i + 1]}) ASSERT_TRUE(database->insert("items", row));
  }
  print("items");
  EXPECT_EQ(unseen, 0);
}

// Names, kinds and numbers beside the sealed bytes: each as another that the schema allows.
TEST_F(TamperedReport, what_is_not_sealed_says_nothing_that_nobody_said) {
  for (const char* table : {"reports", "wraps", "items", "steps", "officers", "leaves"}) {
    const auto columns = database->columns(table);
    const auto rows = database->rows(table);
    for (size_t r = 0; r < rows.size(); ++r) {
      for (size_t c = 0; c < columns.size(); ++c) {
        const bool is_sealed = std::any_of(std::begin(k_sealed), std::end(k_sealed), [&](const Sealed& row) {
          return table == std::string(row.table) && columns[c] == row.column;
        });
        if (is_sealed) continue;
        Value value = rows[r][c];
        value.number += value.kind == Value::Kind::integer;
        if (!value.bytes.empty()) value.bytes.back() = value.bytes.back() == '1' ? '2' : '1';
        const bool is_own = std::string(table) == "officers" || rows[r][0].bytes == ids[0];
        if (is_own) alter(table, rows[r], c, value, "altered");
        if (is_own && r + 1 < rows.size()) alter(table, rows[r], c, rows[r + 1][c], "as another row's");
      }
    }
  }
  print("what is in clear");
}

TEST_F(TamperedReport, no_byte_of_a_file_is_altered_unseen) {
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(rig.folder.path() / "files")) {
    if (item.is_regular_file()) files.push_back(item.path());
  }
  ASSERT_EQ(files.size(), 2u);
  const std::string bytes[] = {content_of(files[0]), content_of(files[1])};
  const auto told = [&] {
    Shown out;
    for (const std::string& id : ids) add_officer(out, 0, id, true);
    return out;
  };
  const Shown whole = told();
  const auto expect_refused = [&](size_t i, const std::string& altered) {
    write_file(files[i], altered);
    EXPECT_NE(told(), whole) << files[i];
    write_file(files[i], bytes[i]);
    ++refused;
  };
  for (size_t at = 0; at < bytes[0].size(); ++at) {
    std::string altered = bytes[0];
    altered[at] ^= 1;
    expect_refused(0, altered);
    expect_refused(0, bytes[0].substr(0, at));
  }
  expect_refused(0, bytes[1]);
  expect_refused(0, bytes[0] + bytes[0]);
  expect_refused(1, bytes[0]);
  EXPECT_EQ(told(), whole);
  std::printf("files: %d alterations refused\n", refused);
}

}  // namespace
}  // namespace sparkgate::test
