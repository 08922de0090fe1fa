// Whatever is wrong with a request: a clear problem, nothing stored, the service up.
#include <gtest/gtest.h>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;
using test::shared_service;

struct Row {
  const char *name, *method, *path, *login, *content_type, *body;
  int status;
  const char* code;
  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }
};

const std::string k_deep = std::string(40, '[') + std::string(40, ']');
constexpr const char* k_json = "application/json";
constexpr const char* k_machines = "/api/v1/machines";

// clang-format off
const Row k_rows[] = {
  // name                    method  path        login        content type  body, status, code
  {"no JSON"               , "POST", k_machines, "applicant", k_json      , "{\"code\": ", 400, "malformed_json"},
  {"empty, yet JSON"       , "POST", k_machines, "applicant", k_json      , "", 400, "malformed_json"},
  {"two values"            , "POST", k_machines, "applicant", k_json      , "{} {}", 400, "malformed_json"},
  {"invalid UTF-8"         , "POST", k_machines, "applicant", k_json      , "{\"code\": \"\xff\"}", 400, "malformed_json"},
  {"a member twice"        , "POST", k_machines, "applicant", k_json      , "{\"code\": \"A\", \"code\": \"B\"}", 400, "duplicate_member"},
  {"NUL in a text"         , "POST", k_machines, "applicant", k_json      , "{\"code\": \"a\\u0000b\"}", 400, "nul_in_string"},
  {"an integer too large"  , "POST", k_machines, "applicant", k_json      , "{\"code\": 90071992547409930}", 400, "number_out_of_range"},
  {"nested too deep"       , "POST", k_machines, "applicant", k_json      , k_deep.c_str(), 400, "json_too_deep"},
  {"an array"              , "POST", k_machines, "applicant", k_json      , "[]", 422, "payload_invalid"},
  {"an unknown member"     , "POST", k_machines, "applicant", k_json      , "{\"colour\": \"red\"}", 422, "payload_invalid"},
  {"a wrong type"          , "POST", k_machines, "applicant", k_json      , "{\"code\": 7}", 422, "payload_invalid"},
  {"another content type"  , "POST", k_machines, "applicant", "text/plain", "{}", 415, "unsupported_media_type"},
  {"a form"                , "POST", k_machines, "applicant", "application/x-www-form-urlencoded", "code=1", 415, "unsupported_media_type"},
  {"no content type"       , "POST", k_machines, "applicant", ""          , "{}", 415, "unsupported_media_type"},
  {"a look-alike type"     , "POST", k_machines, "applicant", "application/jsonp", "{}", 415, "unsupported_media_type"},
  {"nobody"                , "POST", k_machines, ""         , k_json      , "{}", 401, "unauthenticated"},
  {"a wrong role"          , "POST", k_machines, "intake"   , k_json      , "{}", 403, "role_required"},
  {"a foreign unit"        , "POST", k_machines, "applicant", k_json      ,
   R"({"code": "SL-WM-1", "kind": "焊机", "unit": "91500230MADEMA02XC", "inspected_until": "2027-01-31"})", 403, "role_required"},
  {"an unknown unit"       , "POST", k_machines, "admin"    , k_json      ,
   R"({"code": "SL-WM-1", "kind": "焊机", "unit": "91500230MADEMA99XX", "inspected_until": "2027-01-31"})", 422, "unknown_reference"},
  {"a day that is none"    , "POST", k_machines, "applicant", k_json      ,
   R"({"code": "SL-WM-1", "kind": "焊机", "unit": "91500230MADEMA01XB", "inspected_until": "2027-02-30"})", 422, "payload_invalid"},
  {"an unknown collection" , "POST", "/api/v1/dragons"          , "applicant", k_json, "{}", 404, "not_found"},
  {"an unknown event"      , "POST", "/api/v1/machines/1/fly"   , "applicant", k_json, "{}", 404, "unknown_event"},
  {"an unknown instance"   , "POST", "/api/v1/machines/1/amend" , "applicant", k_json, R"({"kind": "焊机"})", 404, "not_found"},
  {"another's instance id" , "GET" , "/api/v1/machines/%00"     , "applicant", ""    , "", 404, "not_found"},
  {"another method"        , "PUT" , k_machines, "applicant", k_json      , "{}", 405, "method_not_allowed"},
};
// clang-format on

class BadInput : public testing::TestWithParam<Row> {};

TEST_P(BadInput, is_answered_with_a_problem_and_stores_nothing) {
  const Row& row = GetParam();
  test::Service& service = shared_service();
  const int64_t before = service.entries();
  api::Request request;
  request.method = row.method;
  request.path = row.path;
  request.body = row.body;
  request.peer = "192.0.2.9";
  if (*row.content_type) request.headers["content-type"] = row.content_type;
  if (*row.login) request.headers["authorization"] = "Bearer " + service.token(row.login);
  for (const char* language : {"zh", "en"}) {
    request.headers["accept-language"] = language;
    const Got got = service.ask_raw(request);
    EXPECT_EQ(got.status, row.status) << got.body;
    EXPECT_EQ(got.code(), row.code) << got.body;
    EXPECT_FALSE(text_of(got.body, "title").empty());
    EXPECT_FALSE(text_of(got.body, "detail").empty());
    EXPECT_FALSE(text_of(got.body, "remedy").empty());
    EXPECT_EQ(got.body.value("status", 0), row.status);
  }
  EXPECT_EQ(service.entries(), before);
  EXPECT_EQ(service.ask({"GET", "/readyz", ""}).status, 200);
}

std::string name_of(const testing::TestParamInfo<Row>& info) {
  std::string name = info.param.name;
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Api, BadInput, testing::ValuesIn(k_rows), name_of);

TEST(BadInput, authorization_headers_that_are_none_are_refused) {
  for (const char* header : {"Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Bearer \x01", "Bearer a b"}) {
    const Got got = shared_service().ask({"GET", "/api/v1/me", "", nullptr, {{"authorization", header}}});
    EXPECT_EQ(got.code(), "unauthenticated") << header;
  }
}

TEST(BadInput, idempotency_keys_that_are_none_are_refused) {
  for (const std::string& key : {std::string(129, 'k'), std::string("a b"), std::string("\xe5\xaf\x86")}) {
    const Json machine = {
        {"code", "SL-WM-2"}, {"kind", "焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2027-01-31"}};
    const Got got = shared_service().ask({"POST", k_machines, "applicant", machine, {{"idempotency-key", key}}});
    EXPECT_EQ(got.code(), "parameter_invalid") << key;
  }
}

}  // namespace
}  // namespace sparkgate
