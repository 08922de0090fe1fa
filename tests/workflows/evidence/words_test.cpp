// What a verdict says reads well in both languages, and nothing is left over.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/support/source_tree.h"
#include "workflows/evidence/verdict.h"

namespace sparkgate::evidence {
namespace {

std::set<std::string> placeholders(std::string_view wording) {
  static const std::regex k_placeholder(R"(\{([^}]*)\})");
  std::set<std::string> out;
  std::cregex_iterator it(wording.begin(), wording.end(), k_placeholder), end;
  for (; it != end; ++it) out.insert((*it)[1]);
  return out;
}

TEST(VerdictWords, tell_the_same_in_both_languages_and_are_all_said) {
  std::string code;
  for (const SourceFile& file : source_tree()) {
    if (file.path.starts_with("workflows/evidence/") && file.path.ends_with(".cpp")) code += file.text;
  }
  std::set<std::string_view> seen;
  for (const WordRow& row : all_words()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_EQ(placeholders(row.zh), placeholders(row.en)) << row.name;
    EXPECT_FALSE(row.en.ends_with('.') || row.zh.ends_with("。")) << row.name;
    EXPECT_TRUE(std::regex_search(code, std::regex("Word::" + std::string(row.name) + "\\b"))) << row.name;
    for (const std::string& name : placeholders(row.zh)) {
      EXPECT_NE(code.find("{\"" + name + "\""), std::string::npos) << row.name << " {" << name << "}";
    }
  }
}

TEST(Verdicts, the_worst_remark_makes_a_step_and_completeness_is_apart) {
  Verdict verdict;
  EXPECT_EQ(verdict.integrity(), "valid");
  EXPECT_EQ(verdict.completeness(), "complete");
  verdict.say(Step::witnesses, Word::witness_keys_absent);
  EXPECT_EQ(verdict.integrity(), "valid");
  verdict.say(Step::payloads, Word::personal_erased, {{"count", 1}});
  EXPECT_EQ(verdict.integrity(), "structure_valid");
  EXPECT_EQ(verdict.exit_code(), 0);
  verdict.say(Step::completeness, Word::heads_absent);
  EXPECT_EQ(verdict.completeness(), "not_shown");
  EXPECT_EQ(verdict.exit_code(), 1);
  verdict.say(Step::completeness, Word::entries_cut_off, {{"needed", 2}, {"actual", 1}});
  EXPECT_EQ(verdict.completeness(), "incomplete");
  EXPECT_EQ(verdict.integrity(), "structure_valid");
  verdict.say(Step::chain, Word::entries_absent);
  EXPECT_EQ(verdict.integrity(), "invalid");
}

TEST(Verdicts, nothing_of_a_bundle_steers_a_terminal) {
  Verdict verdict;
  verdict.subject = {{"instance", "\x1b[2J"}};
  verdict.say(Step::manifest, Word::file_unknown, {{"file", "a\x1b]0;x\x07"}});
  EXPECT_EQ(to_text(verdict, Language::en).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace sparkgate::evidence
