// Every item that a store holds, altered in every simple way, one at a time: fsck finds it, or it stands in the list of
// what nobody can find, with the reason.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/files.h"
#include "tests/support/raw_database.h"
#include "tests/support/recorded_town.h"

namespace sparkgate::test {
namespace {

// Altered so, a table's column ("*": any; "row": the row as a whole) shows in nothing else that is stored.
struct Unseen {
  const char *table, *column, *alteration, *reason;
};
const Unseen k_unseen[] = {
    {"sessions", "*", "*", "who is signed in is nobody's record; a token's hash has no witness"},
    {"sessions", "row", "*", "see above"},
    {"secrets", "*", "*", "verifiers of passwords never stand in the log"},
    {"secrets", "row", "*", "see above"},
    {"outbox", "*", "*", "what a notice says follows from a decision and the registers of that day"},
    {"outbox", "row", "*", "a notice may have been erased with the person it was about"},
    {"follow_ups", "*", "*", "payload and outcome of what one entry set in motion are not in the log; its effect is"},
    {"follow_ups", "row", "*", "a refused one has left no entry"},
    {"answers", "*", "*", "who asked with which key is not in the log; that the entry is true is checked"},
    {"answers", "row", "*", "answers are kept for seven days only"},
    {"checkpoints", "row", "removed", "anchored checkpoints are thinned out as they age"},
    {"documents", "kind", "*", "a name for the service alone"},
    {"documents", "row", "removed", "a pack that no decision was made by"},
};

bool is_unseen(const std::string& table, const std::string& column, const std::string& alteration,
               std::set<size_t>& used) {
  for (size_t i = 0; i < std::size(k_unseen); ++i) {
    const Unseen& row = k_unseen[i];
    const bool any = row.column == std::string("*") && column != "row";
    if (table != row.table || (!any && column != row.column)) continue;
    if (row.alteration != std::string("*") && alteration != row.alteration) continue;
    used.insert(i);
    return true;
  }
  return false;
}

struct Alteration {
  const char* name;
  Value (*of)(const Value&);
};

bool is_bytes(const Value& value) { return value.kind == Value::Kind::text || value.kind == Value::Kind::blob; }

Value flipped(const Value& value) {
  Value out = value;
  if (value.kind == Value::Kind::integer) ++out.number;
  if (is_bytes(value) && !value.bytes.empty()) out.bytes[value.bytes.size() / 2] ^= 1;
  return out;
}
Value truncated(const Value& value) {
  Value out = value;
  if (is_bytes(value) && !value.bytes.empty()) out.bytes.pop_back();
  return out;
}
Value doubled(const Value& value) {
  Value out = value;
  if (is_bytes(value)) out.bytes += value.bytes;
  return out;
}
Value swapped_ends(const Value& value) {
  Value out = value;
  if (is_bytes(value) && value.bytes.size() > 1) std::swap(out.bytes.front(), out.bytes.back());
  return out;
}
Value nothing(const Value&) { return {}; }

constexpr Alteration k_alterations[] = {{"flipped", flipped},
                                        {"truncated", truncated},
                                        {"doubled", doubled},
                                        {"ends swapped", swapped_ends},
                                        {"removed", nothing}};

class Tamper : public testing::Test {
 protected:
  // Alters, asks, and puts all back as it was. `change` is false when the schema does not let it happen.
  void expect_seen(const std::string& table, const std::string& column, const std::string& alteration,
                   const std::function<bool(RawDatabase&)>& change) {
    bool happened = false;
    {
      RawDatabase database(copy.database());
      happened = change(database);
    }
    if (!happened) {
      ++prevented;
    } else if (!faults_of(copy.path()).empty()) {
      ++seen;
    } else if (is_unseen(table, column, alteration, used)) {
      ++unseen;
    } else {
      ADD_FAILURE() << table << "." << column << " " << alteration << " is not found";
    }
    if (happened) copy.restore();
  }

  void alter_values(const std::string& table, const std::vector<std::string>& columns, const RawRow& row) {
    for (size_t c = 0; c < columns.size(); ++c) {
      for (const Alteration& alteration : k_alterations) {
        RawRow after = row;
        after[c] = alteration.of(row[c]);
        if (after == row) continue;
        expect_seen(table, columns[c], alteration.name,
                    [&](RawDatabase& database) { return database.replace(table, row, after); });
      }
    }
  }

  void alter_rows(const std::string& table, const RawRow& row, const RawRow& other) {
    expect_seen(table, "row", "removed", [&](RawDatabase& database) { return database.remove(table, row); });
    RawRow twin = row;  // under another name: the first column is the key, or part of it
    twin[0] = flipped(row[0]);
    expect_seen(table, "row", "doubled", [&](RawDatabase& database) { return database.insert(table, twin); });
    if (row == other) return;
    RawRow row_with = other, other_with = row;  // each keeps its place, and gets the other's content
    row_with[0] = row[0];
    other_with[0] = other[0];
    if (row_with == other || row_with == row) return;  // the same rows as before
    expect_seen(table, "row", "swapped", [&](RawDatabase& database) {
      return database.remove(table, row) && database.remove(table, other) && database.insert(table, row_with) &&
             database.insert(table, other_with);
    });
  }

  void tamper_with(const std::string& table, size_t most_rows) {
    std::vector<std::string> columns;
    std::vector<RawRow> rows;
    {
      RawDatabase database(copy.database());
      columns = database.columns(table);
      rows = database.rows(table);
    }
    const size_t step = std::max<size_t>(1, rows.size() / most_rows);
    for (size_t i = 0; i < rows.size(); i += step) {
      alter_values(table, columns, rows[i]);
      alter_rows(table, rows[i], rows[(i + 1) % rows.size()]);
    }
  }

  TownCopy copy;
  int seen = 0, prevented = 0, unseen = 0;
  std::set<size_t> used;
};

TEST_F(Tamper, nothing_stored_is_altered_unseen) {
  ASSERT_EQ(faults_of(copy.path()), "");
  constexpr std::pair<const char*, size_t> k_tables[] = {
      {"entries", 16}, {"instances", 8}, {"links", 10},     {"timers", 6},      {"tiles", 2},
      {"logs", 1},     {"counters", 4},  {"documents", 4},  {"checkpoints", 2},
      {"answers", 2},  {"outbox", 3},    {"follow_ups", 3}, {"secrets", 2},     {"sessions", 1}};
  for (const auto& [table, most_rows] : k_tables) {
    const int seen_before = seen, unseen_before = unseen;
    tamper_with(table, most_rows);
    std::printf("%-12s %4d found, %3d cannot be\n", table, seen - seen_before, unseen - unseen_before);
  }
  std::printf("%d alterations found, %d prevented by the schema, %d that nobody can find\n", seen, prevented, unseen);
  EXPECT_GT(seen, 500);
  for (size_t i = 0; i < std::size(k_unseen); ++i) {
    EXPECT_TRUE(used.contains(i)) << k_unseen[i].table << "." << k_unseen[i].column << " is found after all";
  }
}

// The mark's older slot tells nothing that its newer one does not, and a mark cut back to it is an earlier mark: the
// witnesses know better, nobody here does.
TEST_F(Tamper, no_byte_of_the_mark_is_altered_unseen) {
  const std::string whole = content_of(copy.mark());
  ASSERT_EQ(whole.size(), 1024u);
  for (size_t at = 0; at < whole.size(); at += at % 512 < 96 ? 1 : 16) {
    std::string altered = whole;
    altered[at] ^= 1;
    write_file(copy.mark(), altered);
    EXPECT_NE(faults_of(copy.path()), "") << "byte " << at;
    if (at == 0 || at % 512 == 0) continue;
    write_file(copy.mark(), whole.substr(0, at));
    EXPECT_NE(faults_of(copy.path()), "") << "cut at " << at;
  }
  for (const std::string& gone : {std::string(), std::string(1024, '\0'), std::string(300, 'x')}) {
    write_file(copy.mark(), gone);
    EXPECT_NE(faults_of(copy.path()), "");
  }
  std::filesystem::remove(copy.mark());
  EXPECT_EQ(faults_of(copy.path()), "mark_missing");
}

}  // namespace
}  // namespace sparkgate::test
