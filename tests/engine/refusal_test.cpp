#include "engine/base/refusal.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"

namespace sparkgate {
namespace {

TEST(Refusal, wording_is_filled_from_the_details) {
  const Refusal refusal{Code::version_mismatch, {{"actual", 7}, {"needed", "6"}}};
  EXPECT_EQ(title_of(refusal).zh, "内容已被他人更新：当前版本 7，您的版本 6");
  EXPECT_EQ(title_of(refusal).en, "Somebody changed it meanwhile: version 7, yours is 6");
}

TEST(Refusal, each_wording_takes_its_own_language_of_a_bilingual_detail) {
  const Refusal refusal{Code::log_broken, {{"reason", bilingual("第 3 条被改", "entry 3 was altered")}}};
  EXPECT_EQ(title_of(refusal).zh, "日志校验失败：第 3 条被改");
  EXPECT_EQ(title_of(refusal).en, "The log does not verify: entry 3 was altered");
}

TEST(Refusal, a_missing_detail_leaves_a_gap_and_filled_text_is_not_filled_again) {
  EXPECT_EQ(title_of(Refusal{Code::already_registered}).en, " is already registered");
  EXPECT_EQ(title_of(Refusal{Code::already_registered, {{"key", "{key}"}}}).en, "{key} is already registered");
}

TEST(InLanguage, flattens_sentences_at_any_depth_and_nothing_else) {
  const Json details = {{"reason", bilingual("一", "one")},
                        {"errors", {{{"path", "/a"}, {"reason", bilingual("二", "two")}}}},
                        {"counts", {{"zh", 1}, {"en", 2}, {"fr", 3}}},
                        {"limit", 5}};
  const Json en = {{"reason", "one"},
                   {"errors", {{{"path", "/a"}, {"reason", "two"}}}},
                   {"counts", {{"zh", 1}, {"en", 2}, {"fr", 3}}},
                   {"limit", 5}};
  EXPECT_EQ(in_language(details, Language::en), en);
  EXPECT_EQ(in_language(details, Language::zh)["errors"][0]["reason"], "二");
  EXPECT_EQ(in_language(en, Language::zh), en);
}

TEST(Finding, survives_json) {
  for (const auto severity : {Severity::refuse, Severity::warn, Severity::undecided}) {
    const Finding finding{"gas", "5.3", "p2", "<= 0.2", "0.3", severity, {"超标", "over"}, {"通风", "ventilate"}};
    EXPECT_EQ(finding_from_json(to_json(finding)), finding);
  }
}

TEST(Finding, is_made_of_a_catalogue_row) {
  const Finding finding = as_finding(Refusal{Code::window_over, {{"actual", "17:00"}, {"needed", "now"}}});
  EXPECT_EQ(finding.code, "window_over");
  EXPECT_EQ(finding.actual, "17:00");
  EXPECT_EQ(finding.needed, "now");
  EXPECT_EQ(finding.title, (Text{"作业时段已于 17:00 结束", "The time window ended at 17:00"}));
}

TEST(Describe, names_code_title_and_findings) {
  Finding gas;
  gas.code = "gas";
  gas.subject = "p2";
  const Result<void> result = refuse_with(Code::conditions_unmet, {gas});
  EXPECT_EQ(describe(result.error()), "conditions_unmet: 1 conditions are not met; gas p2");
}

}  // namespace
}  // namespace sparkgate
