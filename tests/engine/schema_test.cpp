#include "engine/base/schema.h"

#include <gtest/gtest.h>

namespace sparkgate {
namespace {

// "path reason" of every error, one a line, as a Chinese and as an English reader sees them.
std::string errors_in(Language language, const char* schema, const char* value) {
  const auto checked = Schema(Json::parse(schema)).check(Json::parse(value));
  if (checked) return "ok";
  std::string out;
  for (const Json& error : in_language(checked.error().details["errors"], language)) {
    out += (out.empty() ? "" : "\n") + text_of(error, "path") + " " + text_of(error, "reason");
  }
  return out;
}

struct Row {
  const char* schema;
  const char* value;
  const char* zh;
  const char* en;
};

const Row k_rows[] = {
    {R"({"type":"object"})", "{}", "ok", "ok"},
    {R"({"required":["place"]})", "{}", "/place 为必填项", "/place is required"},
    {R"({"required":["a","b"]})", "{}", "/a 为必填项\n/b 为必填项", "/a is required\n/b is required"},
    {R"({"dependencies":{"a":["b"]}})", R"({"a":1})", "/b 在此情形下为必填项", "/b is required in this case"},
    {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"x/y":1})", "/x~1y 不是已知的成员",
     "/x~1y is not a known member"},
    {R"({"properties":{"p":{"items":{"type":"string"}}}})", R"({"p":["x",7]})", "/p/1 类型不符",
     "/p/1 is of the wrong type"},
    {R"({"properties":{"a~b":{"type":"string"}}})", R"({"a~b":1})", "/a~0b 类型不符", "/a~0b is of the wrong type"},
    {R"({"enum":["a","b"]})", R"("c")", " 不在允许的取值之内", " is none of the permitted values"},
    {R"({"const":1})", "2", " 不是规定的值", " is not the value required"},
    {R"({"pattern":"^[0-9]+$"})", R"("x")", " 格式不符", " does not have the required form"},
    {R"({"format":"date-time"})", R"("2026-02-30")", " 不是有效的日期或时间", " is not a valid date or time"},
    {R"({"format":"date"})", R"("today")", " 不是有效的日期", " is not a valid date"},
    {R"({"format":"time"})", R"("25:00")", " 不是有效的时间", " is not a valid time of day"},
    {R"({"minLength":2})", R"("火")", " 不得少于 2 个字符", " needs at least 2 characters"},
    {R"({"maxLength":2})", R"("动火证")", " 不得超过 2 个字符", " allows at most 2 characters"},
    {R"({"minItems":1})", "[]", " 不得少于 1 项", " needs at least 1 items"},
    {R"({"maxItems":1})", "[1,2]", " 不得超过 1 项", " allows at most 1 items"},
    {R"({"uniqueItems":true})", "[1,2,1]", " 有重复项：#0 and #2", " repeats items: #0 and #2"},
    {R"({"minProperties":1})", "{}", " 不得少于 1 个成员", " needs at least 1 members"},
    {R"({"maxProperties":0})", R"({"a":1})", " 不得超过 0 个成员", " allows at most 0 members"},
    {R"({"minimum":8})", "7", " 不得小于 8", " must be at least 8"},
    {R"({"maximum":0.5})", "0.6", " 不得大于 0.5", " must be at most 0.5"},
    {R"({"exclusiveMinimum":100})", "100", " 须大于 100", " must be greater than 100"},
    {R"({"exclusiveMaximum":-1})", "-1", " 须小于 -1", " must be less than -1"},
    {R"({"multipleOf":5})", "7", " 须为 5 的整数倍", " must be a multiple of 5"},
    {R"({"not":{"type":"string"}})", R"("x")", " 不符合接口说明", " does not match the interface's description"},
};

TEST(Schema, errors_name_the_place_and_the_reason_in_both_languages) {
  for (const Row& row : k_rows) {
    EXPECT_EQ(errors_in(Language::zh, row.schema, row.value), row.zh) << row.schema;
    EXPECT_EQ(errors_in(Language::en, row.schema, row.value), row.en) << row.schema;
  }
}

TEST(Schema, the_deepest_place_speaks_for_its_parents) {
  const char* schema = R"({"properties":{"site":{"required":["at"],"properties":{"at":{"minLength":3}}}}})";
  EXPECT_EQ(errors_in(Language::en, schema, R"({"site":{"at":"x"}})"), "/site/at needs at least 3 characters");
}

TEST(Schema, the_first_error_makes_the_title) {
  const auto checked = Schema(Json::parse(R"({"required":["place"]})")).check(Json::object());
  ASSERT_FALSE(checked);
  EXPECT_EQ(title_of(checked.error()).zh, "内容不符合要求：/place 为必填项");
  EXPECT_EQ(title_of(checked.error()).en, "The content is not as required: /place is required");
}

}  // namespace
}  // namespace sparkgate
