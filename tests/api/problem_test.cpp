#include "api/problem.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

TEST(PreferredLanguage, follows_accept_language) {
  struct Row {
    const char* header;
    Language language;
  };
  constexpr Row k_rows[] = {
      {"", Language::zh},
      {"*", Language::zh},
      {"fr", Language::zh},
      {"en", Language::en},
      {"EN-GB", Language::en},
      {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh},
      {"en-US,en;q=0.9,zh;q=0.8", Language::en},
      {"en;q=0.8, zh;q=0.9", Language::zh},
      {"zh ; q=0.3 , en ; q=0.4", Language::en},
      {"en;q=0.5,zh;q=0.5", Language::zh},
      {"zh;q=0,en;q=0.1", Language::en},
      {"en;q=0", Language::zh},
      {"en;q=oops", Language::zh},
      {"enm", Language::zh},
      {",,;,en", Language::en},
  };
  for (const auto& [header, language] : k_rows) EXPECT_EQ(preferred_language(header), language) << header;
}

TEST(Problem, carries_the_refusal_in_one_language) {
  Finding gas{"gas_test_stale",      "5.3.4", "p2", "<= 30", "45", Severity::refuse, {"过期", "stale"},
              {"重测", "test again"}};
  Refusal refusal{Code::payload_invalid, {{"path", "/place"}, {"reason", bilingual("为必填项", "is required")}}, {gas}};
  const Response zh = problem(refusal, Language::zh), en = problem(refusal, Language::en);
  EXPECT_EQ(en.status, 422);
  EXPECT_EQ(en.content_type, "application/problem+json; charset=utf-8");
  EXPECT_EQ(en.headers, (decltype(en.headers){{"Content-Language", "en"}}));
  EXPECT_EQ(Json::parse(en.body), Json::parse(R"({
    "type": "urn:sparkgate:refusal:payload_invalid",
    "status": 422,
    "code": "payload_invalid",
    "title": "The content is not as required",
    "detail": "The content is not as required: /place is required",
    "remedy": "Correct each item listed, as the interface's description says.",
    "path": "/place",
    "reason": "is required",
    "findings": [{"code": "gas_test_stale", "clause": "5.3.4", "subject": "p2", "needed": "<= 30", "actual": "45",
                  "severity": "refuse", "title": "stale", "remedy": "test again"}]})"));
  EXPECT_EQ(Json::parse(zh.body)["title"], "内容不符合要求");
  EXPECT_EQ(Json::parse(zh.body)["detail"], "内容不符合要求：/place 为必填项");
  EXPECT_EQ(Json::parse(zh.body)["reason"], "为必填项");
  EXPECT_EQ(Json::parse(zh.body)["findings"][0]["title"], "过期");
}

// RFC 9457, 3.1.3: the title does not change from one occurrence of a type to the next.
TEST(Problem, title_is_the_same_for_every_refusal_of_a_code) {
  for (const RefusalRow& row : all_refusals()) {
    const Text label = label_of(row.code);
    for (const std::string& title : {label.zh, label.en}) {
      EXPECT_FALSE(title.empty()) << row.name;
      EXPECT_EQ(title.find_first_of("{}"), title.npos) << title;
    }
  }
  EXPECT_EQ(label_of(Code::already_registered).en, "… is already registered");
  EXPECT_EQ(label_of(Code::parameter_invalid).en, "The parameter … is invalid");
  EXPECT_EQ(label_of(Code::parameter_invalid).zh, "参数 … 无效");
  const Refusal one{Code::version_mismatch, {{"actual", 7}, {"needed", 6}}};
  const Refusal other{Code::version_mismatch, {{"actual", 3}, {"needed", 2}}};
  const Json a = Json::parse(problem(one, Language::en).body), b = Json::parse(problem(other, Language::en).body);
  EXPECT_EQ(a["title"], b["title"]);
  EXPECT_NE(a["detail"], b["detail"]);
}

TEST(Problem, keeps_what_is_internal_to_the_log) {
  const Refusal refusal{Code::store_failed, {{"internal", "disk I/O error in /srv/data"}}};
  const std::string body = problem(refusal, Language::en).body;
  EXPECT_EQ(body.find("I/O"), body.npos);
  EXPECT_EQ(Json::parse(body)["code"], "store_failed");
  EXPECT_NE(describe(refusal).find("disk I/O error in /srv/data"), std::string::npos);
}

TEST(Problem, has_no_findings_member_when_there_are_none) {
  EXPECT_FALSE(Json::parse(problem(Refusal{Code::not_found}, Language::en).body).contains("findings"));
}

TEST(Problem, details_never_replace_the_members_of_the_problem) {
  const Json details = {{"status", "x"}, {"code", "x"}, {"title", "x"}, {"detail", "x"}, {"remedy", "x"}};
  const Refusal refusal{Code::not_found, details, {}};
  const Json body = Json::parse(problem(refusal, Language::en).body);
  EXPECT_EQ(body["status"], 404);
  EXPECT_EQ(body["code"], "not_found");
  EXPECT_EQ(body["title"], "There is no such resource, or it is not yours to see");
}

}  // namespace
}  // namespace sparkgate::api
