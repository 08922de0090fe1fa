// "verified" means that we have read the text: never of what rests on local practice or on hearsay.
#include <gtest/gtest.h>

#include "workflows/rules/packs.h"

namespace sparkgate::rules {
namespace {

using Visit = std::function<void(const std::string& path, const Json& item)>;

// Calls f for each item of the pack that says whether it is verified.
void each_item(const Json& json, const std::string& path, const Visit& f) {
  if (json.is_object() && json.contains("verified")) f(path, json);
  if (!json.is_structured()) return;
  for (const auto& [name, member] : json.items()) each_item(member, path + "/" + name, f);
}

TEST(Verified, is_nothing_local) {
  const auto packs = Packs::embedded();
  ASSERT_TRUE(packs);
  int items = 0;
  for (const Pack* pack : packs->list()) {
    each_item(pack->json(), pack->ref().id, [&](const std::string& path, const Json& item) {
      ++items;
      if (item.at("clause") == "local") {
        EXPECT_EQ(item.at("verified"), false) << path;
      }
    });
  }
  EXPECT_GT(items, 200);
}

// Approval steps as they stand in the text: the base unit approves grade two, the safety department grade one, the
// responsible leader the special grade (GB 30871-2022, B.2). All other steps are practice or a signature on a form.
TEST(Verified, are_only_those_approval_steps_that_a_text_gives) {
  const auto packs = Packs::embedded();
  ASSERT_TRUE(packs);
  std::string verified;
  for (const Pack* pack : packs->list()) {
    for (const auto& [grade, steps] : pack->json().at("approval").at("by_grade").items()) {
      for (const Json& step : steps) {
        if (step.at("verified") == true) verified += pack->ref().id + " " + grade + " " + text_of(step, "code") + "\n";
      }
    }
  }
  EXPECT_EQ(verified,
            "cn-gb30871-2022 one safety_department\n"
            "cn-gb30871-2022 special responsible_leader\n"
            "cn-gb30871-2022 two base_unit\n");
}

TEST(Verified, is_nothing_of_a_standard_that_we_have_not_read) {
  const auto packs = Packs::embedded();
  ASSERT_TRUE(packs);
  const Pack* nfpa = packs->latest("nfpa-51b");
  ASSERT_TRUE(nfpa);
  each_item(nfpa->json(), "", [](const std::string& path, const Json& item) {
    EXPECT_EQ(item.at("verified"), false) << path;
  });
}

}  // namespace
}  // namespace sparkgate::rules
