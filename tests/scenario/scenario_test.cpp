// Runs the tables of this folder: one file a pack, one row a case, readable by a fire officer.
//
//   # comment
//   base: facts every row starts from (JSON, may go over several lines until the next blank line)
//   stage | changes, as name = JSON value; name = value … | grade | findings, sorted; ?code is undecided, !code a
//   warning
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/text.h"
#include "workflows/rules/packs.h"

namespace sparkgate::rules {
namespace {

using test::trimmed;

struct Row {
  int line;
  std::string stage, changes, grade, findings;
};

// "application.wind_force" or "operators.0.known"; the value "-" makes the fact unknown.
void change(Json& facts, const std::string& text) {
  const size_t equals = text.find(" = ");
  ASSERT_NE(equals, text.npos) << text;
  std::string pointer = "/" + trimmed(text.substr(0, equals));
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  const std::string value = trimmed(text.substr(equals + 3));
  const Json::json_pointer at(pointer);
  if (value == "-") {
    facts.at(at.parent_pointer()).erase(at.back());
  } else {
    facts[at] = Json::parse(value);
  }
}

struct Table {
  Json base;
  std::vector<Row> rows;
};

Table read(const std::string& pack) {
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/scenario/" + pack + ".txt");
  Table table;
  std::string line, base;
  bool in_base = false;
  for (int n = 1; std::getline(file, line); ++n) {
    in_base = line == "base:" || (in_base && !trimmed(line).empty());
    if (in_base && line != "base:") base += line;
    if (in_base || trimmed(line).empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(trimmed(cell));
    cells.resize(4);
    table.rows.push_back({n, cells[0], cells[1], cells[2], cells[3]});
  }
  table.base = Json::parse(base);
  return table;
}

Json facts_of(const Table& table, const Row& row) {
  Json facts = table.base;
  std::stringstream changes(row.changes);
  for (std::string one; std::getline(changes, one, ';');) {
    if (!trimmed(one).empty()) change(facts, trimmed(one));
  }
  return facts;
}

std::string shown(const Judgement& judgement) {
  std::set<std::string> codes;
  for (const Finding& f : judgement.findings) {
    codes.insert((f.severity == Severity::undecided ? "?" : f.severity == Severity::warn ? "!" : "") + f.code);
  }
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : " ") + code;
  return out;
}

class Scenario : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    packs_ = *Packs::embedded();
    pack_ = packs_.latest(GetParam());
    ASSERT_NE(pack_, nullptr);
    table_ = read(GetParam());
    ASSERT_FALSE(table_.rows.empty());
  }
  Packs packs_;
  const Pack* pack_ = nullptr;
  Table table_;
};

TEST_P(Scenario, each_row_gets_its_grade_and_findings) {
  for (const Row& row : table_.rows) {
    const Judgement judgement = pack_->judge(row.stage, facts_of(table_, row));
    EXPECT_EQ(judgement.grade + " | " + shown(judgement), row.grade + " | " + row.findings)
        << GetParam() << ".txt:" << row.line << ": " << row.changes;
  }
}

TEST_P(Scenario, each_refusal_of_the_pack_is_reached) {
  std::set<std::string> missing, reached;
  for (const Json& rule : pack_->json()["rules"]) missing.insert(rule["code"]);
  for (const Row& row : table_.rows) {
    for (const Finding& f : pack_->judge(row.stage, facts_of(table_, row)).findings) {
      if (f.severity != Severity::undecided) missing.erase(f.code);
    }
  }
  EXPECT_EQ(missing, std::set<std::string>{});
}

TEST_P(Scenario, stored_facts_under_the_stored_digest_give_the_same_findings) {
  const Pack* again = packs_.by_digest(pack_->ref().digest);
  ASSERT_NE(again, nullptr);
  for (const Row& row : table_.rows) {
    const Json facts = facts_of(table_, row);
    const Json stored = *parse_json(canonical(facts));
    EXPECT_EQ(again->judge(row.stage, stored).findings, pack_->judge(row.stage, facts).findings) << row.line;
  }
}

// Each finding speaks: texts in both languages, a clause, and what the comparison needed and found.
TEST_P(Scenario, each_finding_explains_itself) {
  for (const Row& row : table_.rows) {
    for (const Finding& f : pack_->judge(row.stage, facts_of(table_, row)).findings) {
      EXPECT_FALSE(f.title.zh.empty() || f.title.en.empty() || f.remedy.zh.empty() || f.remedy.en.empty()) << f.code;
      EXPECT_FALSE(f.clause.empty() || f.needed.empty() || f.actual.empty()) << f.code << " line " << row.line;
      if (f.severity == Severity::undecided) {
        EXPECT_NE(f.actual.find('?'), f.actual.npos) << f.code << " " << f.actual;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, Scenario,
                         testing::Values("cn-gb30871-2022", "cn-gb50720", "us-osha-1910.252", "nfpa-51b",
                                         "fm-ds10-3"));

}  // namespace
}  // namespace sparkgate::rules
