#include "workflows/rules/pack.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "engine/base/embedded.h"
#include "workflows/rules/packs.h"

namespace sparkgate::rules {
namespace {

const std::string k_file = "workflows/rules/packs/cn-gb30871-2022.json";

Json good() { return *parse_json(embedded(k_file)); }

Finding only_finding(const Pack& pack, const Json& facts, std::string_view code) {
  for (const Finding& f : pack.judge("submit", facts).findings) {
    if (f.code == code) return f;
  }
  return {};
}

// A breakage: what is put where ("-" takes it away), and where the refusal points, in which words.
struct Breakage {
  const char *at, *value, *path, *reason;
};

constexpr Breakage k_breakages[] = {
    {"/rules/0/require", R"({"eq": ["$unit.standing", "allowed"]})", "/rules/0/require/eq/0", "no such fact"},
    {"/rules/0/require", R"({"eq": ["$unit.status", "alowed"]})", "/rules/0/require/eq/1", "can never be"},
    {"/rules/0/require", R"({"le": ["$unit.status", "allowed"]})", "/rules/0/require/le", "no such order"},
    {"/rules/0/require", R"({"in": ["$unit.status", ["allowed", "open"]]})", "/rules/0/require/in/1/1", "can never be"},
    {"/rules/0/require", R"({"in": ["$window.hours", ["1"]]})", "/rules/0/require/in/0", "must be a text"},
    {"/rules/0/require", R"({"in": ["$unit.status", "@validity_hours"]})", "/rules/0/require/in/1", "must be a list"},
    {"/rules/0/require", R"({"eq": ["$unit.status"]})", "/rules/0/require/eq", "takes 2 operands"},
    {"/rules/0/require", R"({"eq": ["$window.hours", "8"]})", "/rules/0/require/eq/1", "must be a number"},
    {"/rules/0/require", R"({"le": ["$window.hours", "$window.first_day"]})", "/rules/0/require/le/1",
     "must be a number"},
    {"/rules/0/require", R"({"le": ["$window.first_day", "tomorrow"]})", "/rules/0/require/le/1",
     "no value of type day"},
    {"/rules/0/require", R"({"le": ["$window.hours", "@longest"]})", "/rules/0/require/le/1", "no such parameter"},
    {"/rules/0/require", R"({"is_full_moon": ["$window.first_day"]})", "/rules/0/require",
     "no such operation or function"},
    {"/rules/0/require", R"({"overlaps_night": ["$window.hours", "$application.ends"]})",
     "/rules/0/require/overlaps_night/0", "must be a time"},
    {"/rules/0/require", R"({"eq": [1, 1], "ne": [1, 2]})", "/rules/0/require", "exactly one member"},
    {"/rules/0/require", R"({"all": []})", "/rules/0/require/all", "not empty"},
    {"/rules/0/require", R"({"all": [true, {"any": [true, "$window.hours"]}]})", "/rules/0/require/all/1/any/1",
     "must be a boolean"},
    {"/rules/0/require", R"({"not": 7})", "/rules/0/require/not", "must be a boolean"},
    {"/rules/0/require", R"({"present": "$window.hours"})", "/rules/0/require/present", "may be null"},
    {"/rules/0/require", R"({"empty": "$window.hours"})", "/rules/0/require/empty", "must be a list"},
    {"/rules/0/require", R"({"every": ["$window.hours", true]})", "/rules/0/require/every/0", "list of things"},
    {"/rules/0/require", R"({"if": [true, true]})", "/rules/0/require/if", "takes 3 operands"},
    {"/rules/0/require", R"("$operator.known")", "/rules/0/require", "no list is gone through here"},
    {"/rules/0/require", R"("$site.consent_given")", "/rules/0/require", "not known at every stage"},
    {"/rules/0/for_each", R"("$window.rest_days")", "/rules/0/for_each", "list of things"},
    {"/rules/0/zh", R"("")", "/rules/0/zh", ""},
    {"/rules/0/remedy/en", "-", "/rules/0/remedy/en", "is required"},
    {"/rules/0/clause", "-", "/rules/0/clause", "is required"},
    {"/rules/0/severity", R"("fatal")", "/rules/0/severity", ""},
    {"/rules/0/stages", R"(["closing"])", "/rules/0/stages/0", ""},
    {"/rules/0/colour", R"("red")", "/rules/0/colour", "not a known member"},
    {"/rules/0/code", R"("window_too_long")", "/rules/2/code", "occurs twice"},
    {"/measures/1/code", R"("A.1-1")", "/measures/1/code", "occurs twice"},
    {"/inspection/with_permit/1/code", R"("permit_matches")", "/inspection/with_permit/1/code", "occurs twice"},
    {"/inspection/without_permit", "-", "/inspection/without_permit", "is required"},
    {"/inspection/with_permit/0/severity", R"("fatal")", "/inspection/with_permit/0/severity", ""},
    {"/params/watch_minutes", "-", "/params", "lacks watch_minutes"},
    {"/params/watch_minutes/value", R"("60")", "/params/watch_minutes", "must be a number"},
    {"/params/validity_hours/by_grade/two", "-", "/params/validity_hours/by_grade", "lacks two"},
    {"/params/validity_hours/by_grade/three", "9", "/params/validity_hours/by_grade/three", "no such key"},
    {"/params/validity_hours/by_grade/two", R"("long")", "/params/validity_hours", "one type"},
    {"/params/certificate_classes/by_method/brazing", "-", "/params/certificate_classes/by_method", "lacks brazing"},
    {"/grading/grades/0/when", "-", "/grading/grades/0", "goes without when"},
    {"/grading/grades/0/when", R"({"eq": ["$grade", "two"]})", "/grading/grades/0/when/eq/0", "while grading"},
    {"/grading/grades/0/when", R"({"le": ["$window.hours", "@validity_hours"]})", "/grading/grades/0/when/le/1",
     "while grading"},
    {"/grading/upgrade/to/two", R"("zero")", "/grading/upgrade/to/two", "no such grade"},
    {"/approval/by_grade/two", "-", "/approval/by_grade", "lacks two"},
    {"/methods/brazing", "-", "/methods", "lacks brazing"},
    {"/zone/value", R"("Asia/Atlantis")", "/zone/value", "no such time zone"},
    {"/night/from", R"("25:00")", "/night/from", ""},
    {"/gas_required/when", R"("always")", "/gas_required/when", "must be a boolean"},
};

TEST(Pack, load_refuses_a_broken_pack_where_it_is_broken) {
  for (const auto& [at, value, path, reason] : k_breakages) {
    Json json = good();
    const Json::json_pointer pointer{std::string(at)};
    if (std::string_view(value) == "-") {
      json.at(pointer.parent_pointer()).erase(pointer.back());
    } else {
      json[pointer] = Json::parse(value);
    }
    const auto pack = Pack::load("local.json", json.dump());
    ASSERT_FALSE(pack) << at << " " << value;
    EXPECT_EQ(pack.error().code, Code::pack_broken);
    EXPECT_EQ(text_of(pack.error().details, "file"), "local.json");
    EXPECT_EQ(text_of(pack.error().details, "path"), path) << value << " " << describe(pack.error());
    EXPECT_NE(describe(pack.error()).find(reason), std::string::npos) << describe(pack.error());
  }
  EXPECT_EQ(Pack::load("local.json", "{\"id\": ").error().code, Code::pack_broken);
}

TEST(Pack, each_one_that_travels_with_the_service_has_checklists_whose_failure_can_be_a_violation) {
  const auto packs = Packs::embedded();
  ASSERT_TRUE(packs);
  for (const Pack* pack : packs->list()) {
    for (const char* list : {"with_permit", "without_permit"}) {
      const Json& items = pack->json().at("inspection").at(list);
      const auto severe = [](const Json& item) { return item.at("severity") == "violation"; };
      EXPECT_TRUE(std::any_of(items.begin(), items.end(), severe)) << pack->ref().id << " " << list;
    }
  }
}

TEST(Pack, number_is_the_pack_s_figure) {
  const Pack pack = *Pack::load("p", embedded(k_file));
  EXPECT_EQ(pack.number("validity_hours", "special"), 8);
  EXPECT_EQ(pack.number("validity_hours", "two"), 72);
  EXPECT_EQ(pack.number("watch_minutes", "two"), pack.number("watch_minutes"));
  EXPECT_THROW(pack.number("validity_hours", "three"), std::out_of_range);
  EXPECT_THROW(pack.number("nothing"), std::out_of_range);
  EXPECT_EQ(pack.approval("one").size(), 2u);
  EXPECT_EQ(pack.measures().size(), 16u);
  EXPECT_TRUE(pack.gas_required(Json::object()));
}

TEST(Pack, gas_is_required_unless_the_facts_say_otherwise) {
  const Packs packs = *Packs::embedded();
  const Pack& osha = *packs.latest("us-osha-1910.252");
  EXPECT_TRUE(osha.gas_required({{"application", {{"explosive_place", true}, {"confined_space", false}}}}));
  EXPECT_FALSE(osha.gas_required({{"application", {{"explosive_place", false}, {"confined_space", false}}}}));
  EXPECT_TRUE(osha.gas_required({{"application", {{"explosive_place", false}}}})) << "unknown";
}

TEST(Pack, needed_and_actual_come_out_of_the_comparison) {
  const Pack pack = *Pack::load("p", embedded(k_file));
  Json facts = {
      {"application", {{"running_or_pressurised", true}, {"method", "brazing"}, {"special_equipment", false}}},
      {"window", {{"hours", 8.5}}}};
  Finding f = only_finding(pack, facts, "window_too_long");
  EXPECT_EQ(f.needed + " / " + f.actual, "<= 8 / 8.5");
  facts["operators"] = {{{"subject", "p2"}, {"known", true}, {"certificates", {{{"class", "压力焊"}}}}}};
  f = only_finding(pack, facts, "certificate_class_mismatch");
  EXPECT_EQ(f.subject + ": " + f.needed + " / " + f.actual, "p2: ∈ {钎焊} / 压力焊");
  f = only_finding(pack, facts, "unit_suspended");
  EXPECT_EQ(f.needed + " / " + f.actual, "allowed / ?");
  EXPECT_EQ(f.severity, Severity::undecided);
}

TEST(Pack, of_the_service_judges_readings_without_facts_of_people) {
  for (const char* id : {"cn-gb30871-2022", "cn-gb50720", "us-osha-1910.252", "nfpa-51b", "fm-ds10-3"}) {
    const std::string file = std::string("workflows/rules/packs/") + id + ".json";
    EXPECT_FALSE(Pack::load(file, embedded(file)).value().readings_need_all_facts()) << id;
  }
  Json json = good();
  json["rules"][0]["stages"] = {"start", "gas_test"};  // of the contractor
  EXPECT_TRUE(Pack::load("local.json", json.dump()).value().readings_need_all_facts());
}

TEST(Pack, upgrades_name_their_reasons) {
  const Pack pack = *Pack::load("p", embedded(k_file));
  const Json facts = {{"application",
                       {{"running_or_pressurised", false},
                        {"tank_bund", false},
                        {"pipe_rack", false},
                        {"explosive_place", false},
                        {"outdoor", false},
                        {"starts", "2026-08-15T21:00:00+08:00"},
                        {"ends", "2026-08-15T23:00:00+08:00"}}},
                      {"window", {{"rest_days", {"2026-08-15"}}}}};
  const Judgement judgement = pack.judge("submit", facts);
  EXPECT_EQ(judgement.grade, "one");
  EXPECT_TRUE(judgement.upgraded);
  EXPECT_EQ(judgement.upgrade_reasons, (std::vector<std::string>{"rest_day", "night"}));
}

TEST(Packs, versions_live_side_by_side_and_never_change) {
  Packs packs = *Packs::embedded();
  EXPECT_EQ(packs.list().size(), 5u);
  const std::string old = packs.latest("nfpa-51b")->ref().digest;
  Json json = packs.latest("nfpa-51b")->json();
  json["version"] = "1.10";
  ASSERT_TRUE(packs.add("a", *Pack::load("a", json.dump())));
  json["version"] = "1.9";
  ASSERT_TRUE(packs.add("b", *Pack::load("b", json.dump())));
  EXPECT_EQ(packs.latest("nfpa-51b")->ref().version, "1.10");
  EXPECT_NE(packs.by_digest(old), nullptr);
  json["params"]["watch_minutes"]["value"] = 1;
  EXPECT_EQ(packs.add("c", *Pack::load("c", json.dump())).error().code, Code::pack_broken);
  EXPECT_EQ(packs.latest("none"), nullptr);
}

TEST(Packs, digest_does_not_depend_on_white_space_or_order) {
  const Pack a = *Pack::load("a", embedded(k_file)), b = *Pack::load("b", good().dump(2));
  EXPECT_EQ(a.ref(), b.ref());
}

}  // namespace
}  // namespace sparkgate::rules
