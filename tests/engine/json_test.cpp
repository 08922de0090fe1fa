#include "engine/base/json.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

std::string code_of(std::string_view text) {
  const auto parsed = parse_json(text);
  return parsed ? "ok" : std::string(refusal_row(parsed.error().code).name);
}

TEST(Json, parse_refuses_what_libraries_let_through) {
  EXPECT_EQ(code_of(R"({"a":1})"), "ok");
  EXPECT_EQ(code_of(R"({"a":1,"a":2})"), "duplicate_member");
  EXPECT_EQ(code_of(R"({"b":{"a":1},"c":{"a":2}})"), "ok");
  EXPECT_EQ(code_of("{\"a\":\"x\\u0000\"}"), "nul_in_string");
  EXPECT_EQ(code_of("{\"x\\u0000\":1}"), "nul_in_string");
  EXPECT_EQ(code_of(R"({"a":1e999})"), "number_out_of_range");
  EXPECT_EQ(code_of(R"({"a":"\ud800"})"), "malformed_json");
  EXPECT_EQ(code_of("{\"a\":\"\xff\"}"), "malformed_json");
  EXPECT_EQ(code_of(R"({"a":1} x)"), "malformed_json");
  EXPECT_EQ(code_of(""), "malformed_json");
  EXPECT_EQ(code_of(std::string(33, '[') + std::string(33, ']')), "json_too_deep");
  EXPECT_EQ(code_of(std::string(32, '[') + std::string(32, ']')), "ok");
}

TEST(Json, parse_refuses_integers_a_double_cannot_hold) {
  EXPECT_EQ(code_of("9007199254740992"), "ok");
  EXPECT_EQ(code_of("-9007199254740992"), "ok");
  EXPECT_EQ(code_of("9007199254740993"), "number_out_of_range");
  EXPECT_EQ(code_of("-9007199254740993"), "number_out_of_range");
  EXPECT_EQ(code_of("9223372036854775807"), "number_out_of_range");
  EXPECT_EQ(code_of("-9223372036854775808"), "number_out_of_range");
  EXPECT_EQ(code_of("18446744073709551616"), "number_out_of_range");
}

struct Broken {
  const char* text;
  const char* zh;
  const char* en;
};

constexpr Broken k_broken[] = {
    {R"({"a":)", "文本不完整", "the text ends too early"},
    {R"({"a":"x)", "字符串缺少结束引号", "a string has no closing quote"},
    {"[\"\xff\"]", "不是合法的 UTF-8", "it is not UTF-8"},
    {R"(["\ud800"])", "\\u 代理项不成对", "a \\u surrogate has no partner"},
    {"[\"a\nb\"]", "字符串中的控制字符须转义", "a control character in a string must be escaped"},
    {R"(["\x"])", "字符串转义有误", "a string has a wrong escape"},
    {"[1.]", "数字写法有误", "a number is misspelt"},
    {"{a:1}", "此处应为一个值", "a value should stand here"},
    {"{1:1}", "此处应为带引号的成员名", "a quoted member name should stand here"},
    {R"({"a" 1})", "成员名后应为冒号", "a colon should follow the member's name"},
    {"[1 2]", "此处应为逗号或 ]", "a comma or ] should stand here"},
    {R"({"a":1 "b":2})", "此处应为逗号或 }", "a comma or } should stand here"},
    {"{} {}", "JSON 之后还有多余内容", "text follows the end of the JSON"},
    {"[tru]", "此处应为一个值", "a value should stand here"},
};

TEST(Json, malformed_text_says_why_in_both_languages) {
  for (const Broken& row : k_broken) {
    const auto parsed = parse_json(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().details["reason"], bilingual(row.zh, row.en)) << row.text;
  }
}

TEST(Json, malformed_text_is_never_quoted) {
  const auto parsed = parse_json(R"({"password":"hunter2)");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().details.dump().find("hunter2"), std::string::npos);
  EXPECT_EQ(parsed.error().details["offset"], 21);
}

}  // namespace
}  // namespace sparkgate
