// What an instance says can be done next, and why the rest cannot.
#include <gtest/gtest.h>

#include "tests/support/service.h"

namespace sparkgate {
namespace {

using test::Got;
using test::shared_service;

Json action(const Json& instance, const std::string& event) {
  for (const Json& item : instance.at("actions")) {
    if (item.at("event") == event) return item;
  }
  return nullptr;
}

std::string a_machine(const std::string& code) {
  const Json machine = {
      {"code", code}, {"kind", "焊机"}, {"unit", "91500230MADEMA01XB"}, {"inspected_until", "2027-01-31"}};
  return text_of(shared_service().ask({"POST", "/api/v1/machines", "applicant", machine}).body, "id");
}

Json read(const std::string& id, const std::string& login, const std::string& language) {
  return shared_service().ask({"GET", "/api/v1/machines/" + id, login, nullptr, {{"accept-language", language}}}).body;
}

TEST(Actions, say_who_may_instead) {
  const std::string id = a_machine("SL-ACT-1");
  const Json verify = action(read(id, "applicant", "en"), "verify");
  EXPECT_EQ(verify.at("allowed"), false);
  ASSERT_EQ(verify.at("reasons").size(), 1u);
  EXPECT_EQ(verify.at("reasons")[0].at("code"), "role_required");
  EXPECT_NE(text_of(verify.at("reasons")[0], "remedy").find("supervisor"), std::string::npos);
  EXPECT_EQ(action(read(id, "applicant", "en"), "amend").at("allowed"), true);
}

TEST(Actions, are_short_about_other_states) {
  const std::string id = a_machine("SL-ACT-2");
  const Json reinstate = action(read(id, "supervisor1", "en"), "reinstate");
  EXPECT_EQ(reinstate.at("allowed"), false);
  ASSERT_EQ(reinstate.at("reasons").size(), 1u);
  EXPECT_EQ(reinstate.at("reasons")[0].at("code"), "wrong_state");
  EXPECT_FALSE(reinstate.at("reasons")[0].contains("remedy"));
}

TEST(Actions, speak_the_caller_s_language) {
  const std::string id = a_machine("SL-ACT-3");
  EXPECT_EQ(action(read(id, "supervisor1", "zh"), "verify").at("label"), "核实");
  EXPECT_EQ(action(read(id, "supervisor1", "en"), "verify").at("label"), "Verify");
}

TEST(Actions, leave_out_creating_events_and_the_system_s_own) {
  const Json instance = read(a_machine("SL-ACT-4"), "supervisor1", "en");
  EXPECT_EQ(action(instance, "register"), nullptr);
}

TEST(Listing, walks_all_pages_without_gap_or_repeat) {
  for (int i = 0; i < 5; ++i) a_machine("SL-PAGE-" + std::to_string(i));
  std::vector<std::string> by_pages, at_once;
  std::string cursor;
  do {
    const std::string path = "/api/v1/machines?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor);
    const Json page = shared_service().ask({"GET", path, "applicant"}).body;
    for (const Json& item : page.at("items")) by_pages.push_back(item.at("id"));
    cursor = page.at("next_cursor").is_null() ? "" : page.at("next_cursor").get<std::string>();
  } while (!cursor.empty());
  const Json all = shared_service().ask({"GET", "/api/v1/machines?limit=200", "applicant"}).body;
  for (const Json& item : all.at("items")) at_once.push_back(item.at("id"));
  EXPECT_GE(at_once.size(), 5u);
  EXPECT_EQ(by_pages, at_once);
  EXPECT_TRUE(std::is_sorted(at_once.rbegin(), at_once.rend()));
}

}  // namespace
}  // namespace sparkgate
