// The route table, and that it and the description agree both ways.
#include <gtest/gtest.h>

#include <set>

#include "api/router.h"
#include "tests/support/service.h"

namespace sparkgate {
namespace {

using api::match;
using api::routes;

std::string pattern_of(std::string_view path) {
  const auto found = match(path);
  return found.rows.empty() ? "" : std::string(found.rows.front()->pattern);
}

TEST(Routes, match_prefers_the_more_special_pattern) {
  EXPECT_EQ(pattern_of("/api/v1/notices"), "/api/v1/notices");
  EXPECT_EQ(pattern_of("/api/v1/permits"), "/api/v1/{collection}");
  EXPECT_EQ(pattern_of("/api/v1/permits/1/entries"), "/api/v1/{collection}/{id}/entries");
  EXPECT_EQ(pattern_of("/api/v1/permits/1/approve"), "/api/v1/{collection}/{id}/{event}");
  EXPECT_EQ(pattern_of("/api/v1/permits/1/approve/intent"), "/api/v1/{collection}/{id}/{event}/intent");
  EXPECT_EQ(pattern_of("/api/v1/key-rings/intent"), "/api/v1/{collection}/intent");
  EXPECT_EQ(pattern_of("/api/v1/tokens/1"), "/api/v1/tokens/{id}");
}

TEST(Routes, match_knows_nothing_of_other_paths) {
  for (const char* path : {"", "healthz", "/healthz/", "//healthz", "/consoles", "/api/v1/", "/api/v1//1",
                           "/api/v2/permits", "/api/v1/permits/1/approve/more"}) {
    EXPECT_EQ(pattern_of(path), "") << path;
  }
}

TEST(Routes, match_gives_an_open_step_all_that_is_left) {
  EXPECT_EQ(match("/log/tile/0/x001/234.p/7").parameters.at(0).second, "0/x001/234.p/7");
  EXPECT_EQ(match("/log/tile/entries/000").parameters.at(0).second, "000");
  EXPECT_EQ(match("/log/closed/3/tile/1/000").parameters.at(1).second, "1/000");
  EXPECT_EQ(match("/log/closed/3/tile/1/000").parameters.at(0).second, "3");
  EXPECT_EQ(pattern_of("/log/tile/entries/x001/000"), "/log/tile/entries/{tile...}");
  EXPECT_EQ(pattern_of("/log/tile"), "");
  EXPECT_EQ(pattern_of("/log/tile/"), "");
}

TEST(Routes, match_fills_named_steps) {
  const auto found = match("/api/v1/permits/77/approve");
  ASSERT_EQ(found.parameters.size(), 3u);
  EXPECT_EQ(found.parameters[0], (std::pair<std::string_view, std::string>("collection", "permits")));
  EXPECT_EQ(found.parameters[1].second, "77");
  EXPECT_EQ(found.parameters[2].second, "approve");
}

// A row below another pattern that takes all its paths, methods of a pattern apart from each other: never reached.
TEST(Routes, every_row_is_reached_by_its_own_pattern) {
  for (const auto& route : routes()) {
    const auto found = match(route.pattern);
    EXPECT_TRUE(std::any_of(found.rows.begin(), found.rows.end(), [&](auto* row) { return row == &route; }))
        << route.method << " " << route.pattern;
  }
}

using Operations = std::set<std::string>;

Operations described(const Json& document) {
  Operations out;
  for (const auto& [path, methods] : document.at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
      out.insert(upper + " " + path);
    }
  }
  return out;
}

// "{tile...}" is a step of our table alone; a description calls it {tile}.
std::string described_as(std::string_view pattern) {
  std::string out(pattern);
  if (const size_t dots = out.find("...}"); dots != out.npos) out.erase(dots, 3);
  return out;
}

// The rows that serve every event, and what to sign for it, stand in the description as one path an event.
Operations served(const Registry& registry) {
  Operations out;
  for (const auto& route : routes()) {
    const bool is_event = route.method == "POST" && route.pattern.substr(0, 20) == "/api/v1/{collection}";
    if (!is_event) out.insert(std::string(route.method) + " " + described_as(route.pattern));
  }
  for (const Registered& registered : registry.all()) {
    const Description& description = registered.workflow->description();
    for (const EventSpec& event : description.events) {
      if (event.roles.empty()) continue;
      const std::string path = description.collection + (event.creates ? "" : "/{id}/" + event.name);
      out.insert("POST /api/v1/" + path);
      if (event.signing != Signing::none) out.insert("POST /api/v1/" + path + "/intent");
    }
  }
  return out;
}

Json document() { return test::shared_service().ask({"GET", "/api/v1/openapi.json", ""}).body; }

TEST(Routes, routes_and_description_agree_both_ways) {
  EXPECT_EQ(described(document()), served(test::shared_service().app().engine().registry()));
}

TEST(Routes, description_names_the_roles_of_each_row) {
  const Json spec = document();
  for (const auto& route : routes()) {
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
    const Json& paths = spec.at("paths");
    const auto path = paths.find(described_as(route.pattern));
    if (path == paths.end() || !path->contains(method)) continue;  // an event's
    const Json& operation = path->at(method);
    EXPECT_EQ(operation.value("x-roles", Json::array()), Json(route.roles)) << method << " " << route.pattern;
    EXPECT_EQ(operation.contains("security"), route.roles == std::vector{api::k_public}) << route.pattern;
  }
}

void collect_references(const Json& json, std::set<std::string>& out) {
  for (const auto& [name, value] : json.items()) {
    if (name == "$ref" && value.is_string()) out.insert(value.get<std::string>());
    if (value.is_structured()) collect_references(value, out);
  }
}

TEST(Routes, description_refers_only_to_what_it_holds) {
  const Json spec = document();
  std::set<std::string> references;
  collect_references(spec, references);
  EXPECT_GT(references.size(), 10u);
  for (const std::string& reference : references) {
    ASSERT_EQ(reference.front(), '#') << reference;
    EXPECT_TRUE(spec.contains(Json::json_pointer(reference.substr(1)))) << reference;
  }
}

}  // namespace
}  // namespace sparkgate
