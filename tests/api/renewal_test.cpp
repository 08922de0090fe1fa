// A permit that takes up where another ends.
#include <gtest/gtest.h>

#include "tests/support/service.h"
#include "tests/support/town.h"

namespace sparkgate {
namespace {

using test::Got;
using test::Service;

TEST(Renewal, is_a_new_application_with_all_filled_in_and_its_own_review) {
  Service service;
  test::Town town;
  Json application = town.application();
  application["starts"] = format_time(service.clock.wall() + minutes(10));
  application["ends"] = format_time(service.clock.wall() + hours(4));
  const std::string id = text_of(service.ask({"POST", "/api/v1/permits", "applicant", application}).body, "id");
  ASSERT_NE(id, "");
  service.clock.advance(hours(1));
  Json body = service.ask({"GET", "/api/v1/permits/" + id + "/renewal", "applicant"}).body;
  EXPECT_EQ(body.at("starts"), application["ends"]);
  EXPECT_EQ(parse_time(text_of(body, "ends")).value() - parse_time(text_of(body, "starts")).value(),
            hours(4) - minutes(10));
  EXPECT_EQ(body.at("renews"), id);
  for (const char* same : {"operators", "fire_watch", "person_in_charge", "work", "place", "machines", "measures"}) {
    EXPECT_EQ(body.at(same), application[same]) << same;
  }
  const Got made = service.ask({"POST", "/api/v1/permits", "applicant", body});
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(made.body.at("state"), "Draft") << "nothing of the old review counts";
  const std::string submit = "/api/v1/permits/" + text_of(made.body, "id") + "/submit";
  EXPECT_EQ(service.ask({"POST", submit, "applicant", Json::object(), {{"if-match", "\"1\""}}}).status, 200);
}

TEST(Renewal, is_for_the_unit_that_applied_alone) {
  Service& service = test::shared_service();
  test::Town town;
  Json application = town.application();
  application["starts"] = format_time(service.clock.wall() + minutes(10));
  application["ends"] = format_time(service.clock.wall() + hours(4));
  const std::string id = text_of(service.ask({"POST", "/api/v1/permits", "applicant", application}).body, "id");
  EXPECT_EQ(service.ask({"GET", "/api/v1/permits/" + id + "/renewal", "auditor"}).code(), "role_required");
  EXPECT_EQ(service.ask({"GET", "/api/v1/permits/none/renewal", "applicant"}).code(), "not_found");
  application["renews"] = "none";
  EXPECT_EQ(service.ask({"POST", "/api/v1/permits", "applicant", application}).code(), "unknown_reference");
}

}  // namespace
}  // namespace sparkgate
