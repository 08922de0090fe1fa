// An application judged while it is still being written: by the same code as create and submit, and nothing is stored.
#include <gtest/gtest.h>

#include "tests/support/service.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Got;
using test::Service;

std::string codes(const Json& rows) {
  std::string out;
  for (const Json& row : rows) out += (out.empty() ? "" : " ") + text_of(row, "code");
  return out;
}

class Preview : public testing::Test {
 protected:
  Json application(const Json& changes = Json::object()) {
    Json out = town().application();
    out["starts"] = format_time(service().clock.wall() + minutes(10));
    out["ends"] = format_time(service().clock.wall() + hours(4));
    out.merge_patch(changes);
    return out;
  }
  Json preview(const Json& body) {
    const Got got = service().ask({"POST", "/api/v1/permits/preview", "applicant", body});
    EXPECT_EQ(got.status, 200) << got.text;
    return got.body;
  }
  static Service& service() { return test::shared_service(); }
  static test::Town& town() {
    static test::Town one;
    return one;
  }
};

TEST_F(Preview, tells_grade_steps_figures_and_measures_of_a_sound_application) {
  const int64_t before = service().entries();
  const Json body = application(), got = preview(body);
  EXPECT_EQ(got.at("outcome"), "qualified") << got;
  EXPECT_EQ(got.at("grade").at("code"), "two");
  EXPECT_EQ(got.at("grade").at("title"), "Grade two");
  EXPECT_EQ(got.at("grade").at("decided"), true);
  EXPECT_EQ(codes(got.at("grade").at("reasons")), "two");
  EXPECT_EQ(got.at("grade").at("reasons").at(0).at("clause"), "5.1.4");
  EXPECT_EQ(codes(got.at("approval")), "base_unit");
  EXPECT_EQ(got.at("figures").at("watch_minutes").at("value"), 60);
  EXPECT_EQ(got.at("figures").at("validity_hours").at("value"), 72);
  EXPECT_EQ(got.at("latest_end"), format_time(*parse_time(text_of(body, "starts")) + hours(72)));
  EXPECT_EQ(got.at("measures").size(), 16u);
  for (const Json& measure : got.at("measures")) {
    EXPECT_EQ(measure.at("chosen"), measure.at("code") == "A.1-8" || measure.at("code") == "A.1-9") << measure;
  }
  for (const char* none : {"findings", "problems", "missing", "invalid"}) EXPECT_TRUE(got.at(none).empty()) << got;
  EXPECT_EQ(service().entries(), before);
}

TEST_F(Preview, upgrades_come_with_their_clause) {
  Json at_night = application();
  at_night["starts"] = "2026-03-03T23:00:00+08:00";
  at_night["ends"] = "2026-03-04T02:00:00+08:00";
  const Json grade = preview(at_night).at("grade");
  EXPECT_EQ(grade.at("code"), "one");
  EXPECT_EQ(codes(grade.at("reasons")), "two night");
  EXPECT_EQ(grade.at("reasons").at(1).at("kind"), "upgrade");
}

// What it says is what happens.
TEST_F(Preview, says_what_submitting_it_comes_to) {
  const std::pair<Json, const char*> rows[] = {
      {Json::object(), "UnderReview"},
      {{{"place", {{"outdoor", true}}}, {"wind_force", 7}}, "Returned"},
      {{{"operators", {"T500230190001011234"}}}, "Returned"},
      {{{"explosive_place", nullptr}}, "QualificationCheck"},
      {{{"special_equipment", nullptr}}, "QualificationCheck"},
      {{{"machines", {"NO-SUCH-MACHINE"}}}, "Returned"},
  };
  const std::map<std::string, std::string> outcomes = {
      {"UnderReview", "qualified"}, {"Returned", "returned"}, {"QualificationCheck", "undecided"}};
  for (const auto& [changes, state] : rows) {
    const Json body = application(changes);
    const Json got = preview(body);
    EXPECT_EQ(got.at("outcome"), outcomes.at(state)) << changes << " " << got;
    const std::string id = text_of(service().ask({"POST", "/api/v1/permits", "applicant", body}).body, "id");
    const Got sent = service().ask(
        {"POST", "/api/v1/permits/" + id + "/submit", "applicant", Json::object(), {{"if-match", "\"1\""}}});
    EXPECT_EQ(sent.body.value("state", ""), state) << changes << " " << sent.text;
    const Json permit = service().ask({"GET", "/api/v1/permits/" + id, "applicant"}).body.at("data");
    EXPECT_EQ(got.at("grade").at("code"), permit.at("grade"));
    EXPECT_EQ(got.at("site_rules"), permit.at("site_rules"));
    std::string expected;
    for (const Json& finding : permit.at("qualification").at("findings")) {
      if (finding.at("severity") == "undecided") continue;  // told as what is missing
      expected += (expected.empty() ? "" : " ") + text_of(finding, "code");
    }
    EXPECT_EQ(codes(got.at("findings")), expected) << changes;
  }
}

TEST_F(Preview, an_empty_application_is_told_what_it_lacks) {
  const Json got = preview(Json::object());
  EXPECT_EQ(got.at("outcome"), "incomplete");
  EXPECT_TRUE(got.at("findings").empty()) << got.at("findings");
  EXPECT_TRUE(got.at("problems").empty()) << got.at("problems");
  EXPECT_EQ(got.at("grade").at("decided"), false);
  std::string paths;
  for (const Json& row : got.at("missing")) {
    if (row.at("required") == true) paths += text_of(row, "path") + " ";
  }
  for (const char* path : {"/unit ", "/place/address ", "/place/outdoor ", "/starts ", "/operators ", "/measures "}) {
    EXPECT_NE(paths.find(path), std::string::npos) << path << " in " << paths;
  }
}

TEST_F(Preview, what_the_pack_alone_needs_is_missing_with_its_rule) {
  Json body = application({{"place", {{"outdoor", true}}}});
  body.erase("wind_force");
  const Json got = preview(body);
  EXPECT_EQ(got.at("outcome"), "undecided");
  for (const Json& row : got.at("missing")) {
    if (row.at("path") != "/wind_force") continue;
    EXPECT_EQ(row.at("required"), false);
    EXPECT_EQ(row.at("rules").at(0).at("clause"), "5.2.15") << row;
    return;
  }
  FAIL() << got.at("missing");
}

TEST_F(Preview, what_is_half_typed_counts_as_missing) {
  Json body = application({{"starts", "2026-"}, {"place", {{"longitude", "1O7"}}}, {"method", "knitting"}});
  const Json got = preview(body);
  EXPECT_EQ(got.at("outcome"), "incomplete");
  std::string paths;
  for (const Json& row : got.at("invalid")) paths += text_of(row, "path") + " ";
  for (const char* path : {"/starts ", "/place/longitude ", "/method "}) {
    EXPECT_NE(paths.find(path), std::string::npos) << path << " in " << paths;
  }
}

TEST_F(Preview, problems_are_what_create_refuses) {
  const Json rows[] = {
      {{"unit", "91500230MADEMA11X1"}},
      {{"owner_unit", "91500230MADEMA99XX"}},
      {{"person_in_charge", "500230190001011234"}},
      {{"ends", "2020-01-01T00:00:00Z"}},
      {{"measures", {{{"code", "Z-99"}}}}},
      {{"pack", "no-such-pack"}},
      {{"pack", "us-osha-1910.252"}},
      {{"renews", "none"}},
  };
  for (const Json& changes : rows) {
    const Json body = application(changes), got = preview(body);
    EXPECT_EQ(got.at("outcome"), "refused") << changes;
    const Got created = service().ask({"POST", "/api/v1/permits", "applicant", body});
    ASSERT_FALSE(got.at("problems").empty()) << changes;
    EXPECT_EQ(got.at("problems").at(0).at("code"), created.code()) << changes << created.text;
    EXPECT_EQ(got.at("problems").at(0).at("path"), "/" + changes.begin().key());
  }
}

TEST_F(Preview, findings_name_what_was_typed_and_where) {
  const Json got = preview(application({{"operators", {"T500230198604120315", "T500230190001011234"}}}));
  ASSERT_EQ(codes(got.at("findings")), "certificate_unknown");
  EXPECT_EQ(got.at("findings").at(0).at("subject"), "T500230190001011234");
  EXPECT_EQ(got.at("findings").at(0).at("path"), "/operators/1");
}

TEST_F(Preview, is_refused_for_what_no_application_has) {
  EXPECT_EQ(service().ask({"POST", "/api/v1/permits/preview", "applicant", {{"colour", "red"}}}).code(),
            "payload_invalid");
  EXPECT_EQ(service().ask({"POST", "/api/v1/permits/preview", "applicant", Json::array()}).code(), "payload_invalid");
  EXPECT_EQ(service().ask({"POST", "/api/v1/permits/preview", "supervisor1", Json::object()}).code(), "role_required");
}

}  // namespace
}  // namespace sparkgate
