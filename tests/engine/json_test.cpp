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
  EXPECT_EQ(code_of("{\"a\":\"x\\u0000\"}"), "nul_in_string");
  EXPECT_EQ(code_of(R"({"a":9007199254740993})"), "number_out_of_range");
  EXPECT_EQ(code_of(R"({"a":1e999})"), "number_out_of_range");
  EXPECT_EQ(code_of(R"({"a":"\ud800"})"), "malformed_json");
  EXPECT_EQ(code_of("{\"a\":\"\xff\"}"), "malformed_json");
  EXPECT_EQ(code_of(R"({"a":1} x)"), "malformed_json");
  EXPECT_EQ(code_of(""), "malformed_json");
  EXPECT_EQ(code_of(std::string(33, '[') + std::string(33, ']')), "json_too_deep");
  EXPECT_EQ(code_of(std::string(32, '[') + std::string(32, ']')), "ok");
}

TEST(Json, canonical_writes_numbers_as_ecmascript_does) {
  EXPECT_EQ(canonical(Json::parse("[1e21,1e20,0.000001,1e-7,-0.0,333333333.33333329,4.50,2e-3,1.5e300]")),
            "[1e+21,100000000000000000000,0.000001,1e-7,0,333333333.3333333,4.5,0.002,1.5e+300]");
}

}  // namespace
}  // namespace sparkgate
