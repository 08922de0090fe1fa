// A bundle as the interface gives it: to whom, with what, and good under the key that the service publishes.
#include <gtest/gtest.h>

#include "tests/support/evidence_desk.h"
#include "tests/support/office.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;
using test::Service;

std::string a_record(Service& service) {
  const Got got = service.ask({"GET", "/api/v1/units?limit=1", "admin"});
  return text_of(got.body.at("items").at(0), "id");
}

TEST(Evidence, comes_as_a_zip_that_verifies_under_the_published_key) {
  Service& service = test::shared_service();
  const std::string id = a_record(service);
  const Got got = service.ask({"GET", "/api/v1/units/" + id + "/evidence", "auditor"});
  ASSERT_EQ(got.status, 200) << got.text;
  EXPECT_EQ(got.headers.at("Content-Disposition"), "attachment; filename=\"evidence-" + id + ".zip\"");
  evidence::Trust trust;
  const std::string keys = service.ask({"GET", "/log/vkey", ""}).text;
  trust.logs = {NoteVerifier::parse(keys.substr(0, keys.find('\n'))).value()};
  const auto verdict = test::judge(got.text, trust);
  EXPECT_TRUE(test::outcome(verdict).starts_with("valid complete")) << test::outcome(verdict);
}

TEST(Evidence, of_an_inspection_verifies) {
  Service service;
  const Json here = {{"longitude", "107.617485"}, {"latitude", "29.917942"}, {"accuracy_metres", 8}};
  const Got opened = service.ask({"POST", "/api/v1/inspections", "grid_worker",
                                  {{"area", "500230111201-01"}, {"address", "河边空地"}, {"position", here}}});
  ASSERT_EQ(opened.status, 201) << opened.text;
  const std::string path = "/api/v1/inspections/" + text_of(opened.body, "id");
  Json results = Json::array();
  const Json data = service.ask({"GET", path, "grid_worker"}).body.at("data");
  for (const Json& item : data.at("items")) {
    results.push_back({{"item", item.at("code")}, {"result", "fail"}, {"note", "现场所见"}});
  }
  ASSERT_EQ(service.ask({"POST", path + "/record", "grid_worker", {{"results", results}}}).status, 200);
  const Got concluded = service.ask(
      {"POST", path + "/conclude", "grid_worker", {{"conclusion", "无证作业"}}, {{"if-match", "\"2\""}}});
  ASSERT_EQ(concluded.status, 200) << concluded.text;
  evidence::Trust trust;
  trust.logs = {NoteVerifier::parse(service.app().log_keys().vkeys("sparkgate.local").at(0)).value()};
  const auto verdict = test::judge(service.ask({"GET", path + "/evidence", "enforcement"}).text, trust);
  EXPECT_TRUE(test::outcome(verdict).starts_with("valid complete")) << test::outcome(verdict);
}

TEST(Evidence, bears_the_cosignatures_that_the_log_has) {
  Service service;
  test::Network network;
  test::Office west("west", network, service.clock);
  evidence::Trust trust;
  trust.logs = {NoteVerifier::parse(service.app().log_keys().vkeys("sparkgate.local").at(0)).value()};
  trust.witnesses = {west.witness_address().key};
  trust.witnesses_needed = 1;
  west.watch(trust.logs);
  service.anchoring = test::witnessed_by(network, {west.witness_address()}, 1);
  service.restart();
  const auto witnessed = [&] {
    const Got got = service.ask({"GET", "/api/v1/units/" + a_record(service) + "/evidence", "auditor"});
    return test::outcome(test::judge(got.text, trust));
  };
  EXPECT_TRUE(witnessed().starts_with("valid complete")) << witnessed();
  trust.witnesses_needed = 2;
  EXPECT_NE(witnessed().find("witnesses_too_few"), std::string::npos) << witnessed();
}

TEST(Evidence, holds_personal_parts_for_auditors_and_law_enforcement_alone) {
  Service& service = test::shared_service();
  const std::string path = "/api/v1/units/" + a_record(service) + "/evidence";
  const auto holds_personal = [&](const char* login) {
    const Got got = service.ask({"GET", path, login});
    const auto files = evidence::read_archive(got.text);
    return files && files->contains("entries/000000.personal.json");
  };
  EXPECT_TRUE(holds_personal("auditor"));
  EXPECT_TRUE(holds_personal("enforcement"));
  EXPECT_FALSE(holds_personal("admin"));
  EXPECT_FALSE(holds_personal("applicant"));
}

TEST(Evidence, of_what_may_not_be_read_is_not_there) {
  Service& service = test::shared_service();
  EXPECT_EQ(service.ask({"GET", "/api/v1/units/none/evidence", "auditor"}).code(), "not_found");
  EXPECT_EQ(service.ask({"GET", "/api/v1/units/" + a_record(service) + "/evidence", ""}).code(), "unauthenticated");
}

}  // namespace
}  // namespace sparkgate
