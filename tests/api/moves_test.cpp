// What belongs to a unit or lies in an area moves with it: whoever is responsible for the new place finds it there.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;

constexpr const char* k_unit = "91500230MADEMA01XB";

class Moves : public testing::Test {
 protected:
  Moves() {
    supervisor("here", "500230198512121150", "500230111201");
    supervisor("there", "500230198006061167", "500230111202");
  }

  void supervisor(const std::string& login, const std::string& id_number, const std::string& area) {
    const Json grants = {{{"role", "supervisor"}, {"area", area}}};
    const Json account = {{"login", login}, {"name", login}, {"id_number", id_number}, {"grants", grants}};
    const Got made = must({"POST", "/api/v1/accounts", "admin", account});
    must({"POST", "/api/v1/accounts/" + text_of(made.body, "id") + "/set_password", "admin",
          {{"password", test::k_demo_password}}});
  }
  Got must(const test::Ask& ask) {
    const Got got = service.ask(ask);
    EXPECT_TRUE(got.status == 200 || got.status == 201) << ask.path << " " << got.body;
    return got;
  }
  /// Ids of the collection's records that belong to the unit, as the login lists them.
  std::set<std::string> listed(const std::string& login, const std::string& collection) {
    std::set<std::string> out;
    const Got got = must({"GET", "/api/v1/" + collection + "?limit=200&unit=" + k_unit, login});
    for (const Json& item : got.body.at("items")) out.insert(text_of(item, "id"));
    return out;
  }
  std::string id_in(const std::string& collection, const std::string& member, const std::string& value) {
    const Got got = must({"GET", "/api/v1/" + collection + "?limit=200", "admin"});
    for (const Json& item : got.body.at("items")) {
      if (text_of(item.at("data"), member) == value && item.at("state") != "Revoked") return text_of(item, "id");
    }
    ADD_FAILURE() << collection << " has no " << value;
    return "";
  }
  void act(const std::string& path, const Json& body) {
    const Got seen = must({"GET", path.substr(0, path.rfind('/')), "admin"});
    must({"POST", path, "admin", body, {{"if-match", seen.headers.at("ETag")}}});
  }
  void expect_listed_by(const std::string& login, const std::string& other) {
    for (const char* collection : {"units", "persons", "certificates", "fire-watches", "machines"}) {
      EXPECT_EQ(listed(login, collection), all.at(collection)) << login << " " << collection;
      EXPECT_EQ(listed(other, collection), std::set<std::string>()) << other << " " << collection;
    }
  }

  test::Service service;
  std::map<std::string, std::set<std::string>> all;
};

TEST_F(Moves, records_of_a_unit_go_with_it_to_another_area) {
  for (const char* collection : {"units", "persons", "certificates", "fire-watches", "machines"}) {
    all[collection] = listed("admin", collection);
    EXPECT_FALSE(all[collection].empty()) << collection;
  }
  expect_listed_by("here", "there");
  act("/api/v1/units/" + id_in("units", "credit_code", k_unit) + "/amend", {{"area", "500230111202-01"}});
  expect_listed_by("there", "here");
}

TEST_F(Moves, an_area_that_is_registered_anew_takes_along_what_lies_in_it) {
  for (const char* collection : {"units", "persons", "certificates", "fire-watches", "machines"}) {
    all[collection] = listed("admin", collection);
  }
  act("/api/v1/areas/" + id_in("areas", "code", "500230111201-01") + "/revoke", {{"note", "并入第2村"}});
  const Json area = {
      {"code", "500230111201-01"}, {"parent", "500230111202"}, {"name", "第2村第2网格"}, {"level", "grid"}};
  must({"POST", "/api/v1/areas", "admin", area});
  expect_listed_by("there", "here");
}

}  // namespace
}  // namespace sparkgate
