#include <gtest/gtest.h>

#include "workflows/rules/expression.h"

namespace sparkgate::rules {
namespace {

const Json k_facts = Json::parse(R"({
  "application": {"starts": "2026-08-13T21:00:00+08:00", "ends": "2026-08-13T22:30:00+08:00", "wind_force": "5",
                  "method": "brazing",
                  "outdoor": true, "essential": false},
  "window": {"first_day": "2026-08-13", "last_day": "2026-08-15", "rest_days": ["2026-08-15"]},
  "operators": [{"known": true, "certificates": [{"class": "a", "review_due": null}]},
                {"known": false, "certificates": []}],
  "machines": []})");

// "yes", or "no needed/actual", or "unknown needed/actual"; an error as its path.
std::string result(const char* text) {
  PackContext context{{}, {"one"}, *Zone::locate("Asia/Shanghai"), {22 * 60, 6 * 60}};
  context.params["limit"] = {Type::number, "grade", {{"one", 5}}};
  context.params["classes"] = {Type::list, "application.method", {{"brazing", {"a", "b"}}}};
  Compiler compiler(context);
  const Condition condition = compiler.condition(Json::parse(text), {"", {}, false, true});
  if (compiler.error()) return "error " + text_of(*compiler.error(), "path");
  const Scope scope{k_facts, "one", {}};
  const Truth truth = condition.test(scope);
  if (truth == Truth::yes) return "yes";
  const Explanation why = condition.explain(scope);
  return (truth == Truth::no ? "no " : "unknown ") + why.needed + "/" + why.actual;
}

TEST(Expression, judges_and_explains) {
  static constexpr const char* k_cases[][2] = {
      {R"("$application.outdoor")", "yes"},
      {R"({"not": "$application.outdoor"})", "no false/true"},
      {R"("$application.pipe_rack")", "unknown true/?"},
      {R"({"le": ["$application.wind_force", "@limit"]})", "yes"},
      {R"({"lt": ["$application.wind_force", "@limit"]})", "no < 5/5"},
      {R"({"not": {"ge": ["$application.wind_force", "@limit"]}})", "no < 5/5"},
      {R"({"eq": ["$application.method", "grinding"]})", "no grinding/brazing"},
      {R"({"ne": ["$application.method", "brazing"]})", "no != brazing/brazing"},
      {R"({"le": ["$window.last_day", "2026-08-14"]})", "no <= 2026-08-14/2026-08-15"},
      {R"({"in": ["$application.method", ["grinding", "brazing"]]})", "yes"},
      {R"({"not": {"in": ["$application.method", ["grinding", "brazing"]]}})", "no ∉ {grinding, brazing}/brazing"},
      {R"({"empty": "$window.rest_days"})", "no 0/2026-08-15"},
      {R"({"not": {"empty": "$window.rest_days"}})", "yes"},
      {R"({"not_empty": "$machines"})", "no >= 1/0"},
      {R"({"not_empty": "@classes"})", "yes"},
      {R"({"all": ["$application.outdoor", "$application.pipe_rack"]})", "unknown true/?"},
      {R"({"all": ["$application.pipe_rack", "$application.essential"]})", "no true/false"},
      {R"({"any": ["$application.pipe_rack", "$application.outdoor"]})", "yes"},
      {R"({"any": ["$application.essential", {"gt": ["$application.wind_force", 5]}]})", "no true | > 5/false | 5"},
      {R"({"not": {"any": ["$application.essential", "$application.outdoor"]}})", "no false/true"},
      {R"({"if": ["$application.outdoor", "$application.essential", true]})", "no true/false"},
      {R"({"if": ["$application.pipe_rack", "$application.outdoor", true]})", "yes"},
      {R"({"if": ["$application.pipe_rack", "$application.essential", true]})", "unknown true/?"},
      {R"({"every": ["$operators", "$operator.known"]})", "no true/false"},
      {R"({"exists": ["$operators", "$operator.known"]})", "yes"},
      {R"({"exists": ["$machines", "$machine.known"]})", "no >= 1/0"},
      {R"({"every": ["$machines", "$machine.known"]})", "yes"},
      {R"({"every": ["$operators", {"every":
             ["$operator.certificates", {"in": ["$certificate.class", "@classes"]}]}]})",
       "yes"},
      {R"({"every": ["$operators", {"every": ["$operator.certificates", {"present": "$certificate.review_due"}]}]})",
       "no != null/null"},
      {R"({"overlaps_night": ["$application.starts", "$application.ends"]})", "yes"},
      {R"({"lt": [{"hours_between": ["$application.starts", "$application.ends"]}, 1.5]})", "no < 1.5/1.5"},
      {R"({"lt": [{"minutes_between": ["$application.starts", "$application.ends"]}, 90]})", "no < 90/90"},
      {R"({"lt": [{"days_between": ["$window.first_day", "$window.last_day"]}, 2]})", "no < 2/2"},
      {R"({"lt": [{"count": ["$operators"]}, 2]})", "no < 2/2"},
      {R"({"lt": [{"percent_of": [0.41, 4.1]}, 10]})", "no < 10/10"},
      {R"({"lt": [{"percent_of": [1, 0]}, 10]})", "unknown < 10/?"},
      {R"({"every": ["$operators", "$machine.known"]})", "error /every/1"},
  };
  for (const auto& [expression, expected] : k_cases) EXPECT_EQ(result(expression), expected) << expression;
}

TEST(Zone, days_and_nights_are_local_and_half_open) {
  const Zone zone = *Zone::locate("Asia/Shanghai");
  const auto at = [](const char* text) { return *parse_time(text); };
  const Night night{22 * 60, 6 * 60};
  EXPECT_EQ(zone.day(at("2026-08-13T16:00:00Z")), "2026-08-14");
  EXPECT_EQ(zone.days(at("2026-08-13T20:00:00+08:00"), at("2026-08-14T00:00:00+08:00")).size(), 1u);
  EXPECT_EQ(zone.days(at("2026-08-13T20:00:00+08:00"), at("2026-08-14T00:00:01+08:00")).size(), 2u);
  EXPECT_FALSE(zone.overlaps_night(at("2026-08-13T06:00:00+08:00"), at("2026-08-13T22:00:00+08:00"), night));
  EXPECT_TRUE(zone.overlaps_night(at("2026-08-13T05:59:00+08:00"), at("2026-08-13T07:00:00+08:00"), night));
  EXPECT_TRUE(zone.overlaps_night(at("2026-08-13T12:00:00+08:00"), at("2026-08-16T13:00:00+08:00"), night));
  EXPECT_FALSE(Zone::locate("Nowhere/Here"));
  EXPECT_TRUE(is_weekend("2026-08-15"));
  EXPECT_FALSE(is_weekend("2026-08-14"));
}

// Clocks go back at 02:00 on 2026-11-01 in New York: that night is an hour longer.
TEST(Zone, nights_follow_daylight_saving_time) {
  const Zone zone = *Zone::locate("America/New_York");
  const auto overlaps = [&](const char* from, const char* to) {
    return zone.overlaps_night(*parse_time(from), *parse_time(to), {22 * 60, 6 * 60});
  };
  EXPECT_TRUE(overlaps("2026-11-01T10:59:00Z", "2026-11-01T12:00:00Z"));
  EXPECT_FALSE(overlaps("2026-11-01T11:00:00Z", "2026-11-01T12:00:00Z"));
  EXPECT_FALSE(overlaps("2026-10-31T10:00:00Z", "2026-10-31T12:00:00Z"));
}

}  // namespace
}  // namespace sparkgate::rules
