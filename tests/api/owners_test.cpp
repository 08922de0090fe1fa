// A contractor chooses the owner of the place by name, though it may not read that unit's record.
#include <gtest/gtest.h>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

Json owners(const std::string& area) {
  return test::shared_service().ask({"GET", "/api/v1/owners?area=" + area, "applicant"}).body.at("items");
}

TEST(Owners, of_an_area_and_those_below_by_name_and_code_alone) {
  const Json market = {{"credit_code", "91500230MADEMA11X1"}, {"name", "镇农贸市场"}};
  EXPECT_EQ(owners("500230111201-01"), Json::array({market})) << "no contractor, no state, no note";
  EXPECT_EQ(owners("500230").size(), 2U);
  EXPECT_EQ(owners("nowhere"), Json::array());
}

TEST(Owners, are_told_to_applicants_who_name_an_area) {
  test::Service& service = test::shared_service();
  EXPECT_EQ(service.ask({"GET", "/api/v1/owners", "applicant"}).code(), "parameter_invalid");
  EXPECT_EQ(service.ask({"GET", "/api/v1/owners?area=500230&limit=1", "applicant"}).code(), "parameter_invalid");
  EXPECT_EQ(service.ask({"GET", "/api/v1/owners?area=500230", "operator"}).code(), "role_required");
}

}  // namespace
}  // namespace sparkgate
