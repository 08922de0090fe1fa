// Counts and times by day and area, as they grow with each entry.
#include <gtest/gtest.h>

#include "tests/support/service.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Got;
using test::Service;

class Statistics : public testing::Test {
 protected:
  std::string apply(const Json& changes = Json::object()) {
    Json body = town.application(changes);
    body["starts"] = format_time(service.clock.wall() + hours(5));
    body["ends"] = format_time(service.clock.wall() + hours(9));
    const std::string id = text_of(service.ask({"POST", "/api/v1/permits", "applicant", body}).body, "id");
    send("applicant", id, "submit");
    return id;
  }
  void send(const std::string& login, const std::string& id, const std::string& event, Json body = Json::object()) {
    const Json permit = service.ask({"GET", "/api/v1/permits/" + id, login}).body;
    if (event == "consent" || event == "approve") body["scope_hash"] = permit.at("data").at("scope_hash");
    const std::string version = "\"" + std::to_string(permit.at("version").get<int64_t>()) + "\"";
    const Got got = service.ask({"POST", "/api/v1/permits/" + id + "/" + event, login, body, {{"if-match", version}}});
    EXPECT_EQ(got.status, 200) << event << " " << got.text;
  }
  void approve(const std::string& id) {
    send("site_owner", id, "consent");
    const Json here = {{"longitude", "107.617485"}, {"latitude", "29.917942"}, {"accuracy_metres", 8}};
    send("supervisor1", id, "approve", {{"position", here}, {"photo", service.photo("supervisor1")}});
  }
  Json statistics(const std::string& query = "", const std::string& login = "auditor") {
    const Got got = service.ask({"GET", "/api/v1/statistics" + query, login});
    EXPECT_EQ(got.status, 200) << got.text;
    return got.body;
  }

  Service service;
  test::Town town;
};

TEST_F(Statistics, nothing_yet_is_a_row_of_zeros_for_each_day) {
  const Json got = statistics("?from=2026-02-28&until=2026-03-02");
  ASSERT_EQ(got.at("days").size(), 3u);
  EXPECT_EQ(got.at("days").at(1).at("day"), "2026-03-01");
  EXPECT_EQ(got.at("days").at(1).at("submitted"), 0);
  EXPECT_TRUE(got.at("decision_hours").is_null());
  EXPECT_TRUE(got.at("in_time").at("share").is_null());
  EXPECT_TRUE(got.at("live").at("by_state").empty());
}

TEST_F(Statistics, each_entry_counts_on_its_day_in_its_area_and_all_above) {
  const std::string approved = apply();
  apply({{"machines", {"NO-SUCH-MACHINE"}}});
  service.clock.advance(hours(2));
  approve(approved);
  const Json got = statistics("?from=2026-03-02&until=2026-03-02");
  const Json& day = got.at("days").at(0);
  EXPECT_EQ(day.at("submitted"), 2) << day;
  EXPECT_EQ(day.at("returned"), 1);
  EXPECT_EQ(day.at("approved"), 1);
  EXPECT_EQ(got.at("totals").at("by_grade").at("two").at("approved"), 1);
  EXPECT_EQ(got.at("live").at("by_state"), (Json{{"Approved", 1}, {"Returned", 1}}));
  EXPECT_EQ(got.at("decision_hours").at("count"), 1);
  EXPECT_NEAR(got.at("decision_hours").at("median").get<double>(), 2, 0.2);
  EXPECT_EQ(got.at("in_time").at("share"), 1);
  ASSERT_EQ(got.at("areas").size(), 1u) << "the county";
  EXPECT_EQ(got.at("areas").at(0).at("totals").at("submitted"), 2);
  EXPECT_EQ(got.at("areas").at(0).at("live"), 2);
  const Json grid = statistics("?area=500230111201-01");
  EXPECT_EQ(grid.at("totals").at("submitted"), 2);
  EXPECT_EQ(grid.at("area").at("code"), "500230111201-01");
  EXPECT_TRUE(grid.at("areas").empty());
}

TEST_F(Statistics, what_has_ended_is_no_longer_under_way) {
  const std::string id = apply();
  send("applicant", id, "withdraw");
  const Json got = statistics();
  EXPECT_EQ(got.at("totals").at("withdrawn"), 1);
  EXPECT_TRUE(got.at("live").at("by_state").empty()) << got.at("live");
}

TEST_F(Statistics, a_refused_command_counts_nothing) {
  const std::string id = apply();
  service.ask({"POST",
               "/api/v1/permits/" + id + "/approve",
               "supervisor1",
               {{"scope_hash", std::string(64, '0')}},
               {{"if-match", "\"3\""}}});
  EXPECT_EQ(statistics().at("totals").at("approved"), 0);
}

TEST_F(Statistics, are_for_officials_and_their_own_areas) {
  EXPECT_EQ(service.ask({"GET", "/api/v1/statistics", "applicant"}).code(), "role_required");
  EXPECT_EQ(service.ask({"GET", "/api/v1/statistics?area=110000", "auditor"}).code(), "not_found");
  EXPECT_EQ(service.ask({"GET", "/api/v1/statistics?from=yesterday", "auditor"}).code(), "parameter_invalid");
  EXPECT_EQ(service.ask({"GET", "/api/v1/statistics?from=2020-01-01&until=2026-01-01", "auditor"}).code(),
            "parameter_invalid");
  apply();
  const Json mine = statistics("", "supervisor1");
  EXPECT_EQ(mine.at("totals").at("submitted"), 1);
}

}  // namespace
}  // namespace sparkgate
