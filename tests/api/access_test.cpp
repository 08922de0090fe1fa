// Who may what: every route and every event against every role of the demonstration township.
#include <gtest/gtest.h>

#include <set>

#include "api/router.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;
using test::shared_service;

const std::vector<std::string> k_logins = {"",            "applicant",   "site_owner", "operator",
                                           "fire_watch",  "supervisor1", "grid_worker", "inspector",
                                           "enforcement", "intake",      "auditor",    "admin"};

std::string role_of(const std::string& login) { return login == "supervisor1" ? "supervisor" : login; }

// A path of the pattern that leads to nothing: what is refused before the thing is looked up shows.
std::string path_of(std::string_view pattern) {
  std::string path(pattern);
  const std::pair<std::string, std::string> steps[] = {
      {"{collection}", "units"}, {"{id}", "no-such-thing"}, {"{event}", "verify"}, {"{name}", "unit"}};
  for (const auto& [step, value] : steps) {
    if (const size_t at = path.find(step); at != path.npos) path.replace(at, step.size(), value);
  }
  return path;
}

bool may(const api::Route& route, const std::string& role) {
  if (route.roles.empty()) return !role.empty();
  return route.roles == std::vector{api::k_public} ||
         std::find(route.roles.begin(), route.roles.end(), role) != route.roles.end();
}

// Whatever else is wrong with the request, who asks is judged first.
TEST(ApiAccess, every_route_asks_for_its_roles) {
  for (const api::Route& route : api::routes()) {
    const bool ends_session = route.pattern == "/api/v1/sessions/current";
    const bool is_event = route.method == "POST" && route.pattern.find("{collection}") != route.pattern.npos;
    if (is_event) continue;  // the next test's
    for (const std::string& login : k_logins) {
      if (ends_session && !login.empty()) continue;
      const Got got = shared_service().ask({std::string(route.method), path_of(route.pattern), login, "a wrong body"});
      const std::string what = std::string(route.method) + " " + std::string(route.pattern) + " as " + login;
      if (login.empty() && !may(route, "")) {
        EXPECT_EQ(got.code(), "unauthenticated") << what;
      } else {
        EXPECT_EQ(got.status == 403, !may(route, role_of(login))) << what << " " << got.body;
        // 503: no report is taken while nobody is on a roster.
        EXPECT_TRUE(got.status < 500 || got.status == 503) << what << " " << got.body;
      }
    }
  }
}

// Then its row says who may: the test above.
bool has_its_own_route(const std::string& path) {
  const auto found = api::match(path);
  return std::any_of(found.rows.begin(), found.rows.end(),
                     [&](const auto* row) { return row->method == "POST" && row->pattern == path; });
}

TEST(ApiAccess, every_event_asks_for_its_roles) {
  const Registry& registry = shared_service().app().engine().registry();
  const int64_t before = shared_service().entries();
  for (const Registered& registered : registry.all()) {
    const Description& description = registered.workflow->description();
    for (const EventSpec& event : description.events) {
      if (event.creates && &event != description.creating_event()) continue;  // no route leads there
      const std::string base = "/api/v1/" + description.collection;
      const std::string path = event.creates ? base : base + "/no-such-thing/" + event.name;
      if (has_its_own_route(path)) continue;
      for (const std::string& login : k_logins) {
        const Got got = shared_service().ask({"POST", path, login, {{"no such member", true}}});
        const std::string what = path + " as " + login;
        const bool holds = std::find(event.roles.begin(), event.roles.end(), role_of(login)) != event.roles.end();
        const std::string expected = login.empty() ? "unauthenticated" : holds ? "payload_invalid" : "role_required";
        EXPECT_EQ(got.code(), expected) << what << " " << got.body;
      }
    }
  }
  EXPECT_EQ(shared_service().entries(), before);
}

// Who may not send an event is told nothing about what to sign for it either.
TEST(ApiAccess, every_intent_asks_for_the_roles_of_its_event) {
  for (const Registered& registered : shared_service().app().engine().registry().all()) {
    const Description& description = registered.workflow->description();
    for (const EventSpec& event : description.events) {
      if (event.signing == Signing::none) continue;
      const std::string base = "/api/v1/" + description.collection;
      const std::string path = (event.creates ? base : base + "/no-such-thing/" + event.name) + "/intent";
      for (const std::string& login : k_logins) {
        const Got got = shared_service().ask({"POST", path, login, {{"no such member", true}}});
        const bool holds = std::find(event.roles.begin(), event.roles.end(), role_of(login)) != event.roles.end();
        const std::string beyond = event.creates ? "payload_invalid" : "not_found";
        const std::string expected = login.empty() ? "unauthenticated" : holds ? beyond : "role_required";
        EXPECT_EQ(got.code(), expected) << path << " as " << login << " " << got.body;
      }
    }
  }
}

TEST(ApiAccess, readable_within_one_s_own_unit_and_area_alone) {
  const auto units = [](const std::string& login) {
    std::set<std::string> out;
    const Json page = shared_service().ask({"GET", "/api/v1/units", login}).body;
    for (const Json& item : page.at("items")) out.insert(text_of(item.at("data"), "credit_code"));
    return out;
  };
  using Codes = std::set<std::string>;
  const Codes all = {"91500230MADEMA01XB", "91500230MADEMA02XC", "91500230MADEMA11X1", "91500230MADEMA12X2"};
  EXPECT_EQ(units("admin"), all);
  EXPECT_EQ(units("auditor"), all);
  EXPECT_EQ(units("supervisor1"), all);
  EXPECT_EQ(units("applicant"), (Codes{"91500230MADEMA01XB"}));
  EXPECT_EQ(units("grid_worker"), (Codes{"91500230MADEMA01XB", "91500230MADEMA11X1"}));
}

}  // namespace
}  // namespace sparkgate
