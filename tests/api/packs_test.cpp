// Rule packs by upload: a draft, what it changes, a trial on old decisions, and the time from which it is in force.
#include <gtest/gtest.h>

#include "admin/fsck.h"
#include "tests/support/pack_desk.h"

namespace sparkgate {
namespace {

using test::Got;
using test::PackDesk;

class PackUpload : public testing::Test {
 protected:
  test::Service service;
  PackDesk desk{service};

  std::string usual() { return service.app().packs().latest("cn-gb30871-2022")->ref().version; }
  // Its instance's id.
  std::string draft(const Json& pack) {
    const Got got = desk.upload(pack);
    EXPECT_EQ(got.status, 201) << got.text;
    return text_of(got.body, "id");
  }
  std::string digest_of(const std::string& instance) {
    return text_of(service.ask({"GET", "/api/v1/packs/" + instance, "admin"}).body.at("data"), "digest");
  }
  Json listed(const std::string& login, const std::string& digest) {
    const Json body = service.ask({"GET", "/api/v1/packs", login}).body;
    for (const Json& item : body.at("items")) {
      if (item.at("digest") == digest) return item;
    }
    return nullptr;
  }
  std::string at(milliseconds later) { return format_time(service.clock.wall() + later); }
  // What fsck says of the data while the service is stopped.
  int64_t problems() {
    int64_t count = -1;
    service.restart([&] {
      const auto checked = admin::check_data({service.data(), service.data() / "high_water", {}});
      ASSERT_TRUE(checked) << describe(checked.error());
      for (const fsck::Problem& problem : (*checked)->problems()) ADD_FAILURE() << problem.details.dump();
      count = (*checked)->count();
    });
    return count;
  }
};

TEST_F(PackUpload, a_draft_judges_nobody_until_it_is_activated) {
  const std::string instance = draft(desk.strict(1)), digest = digest_of(instance);
  EXPECT_EQ(desk.judged(desk.permit()), usual() + " UnderReview");
  const Json item = listed("admin", digest);
  EXPECT_EQ(item.at("state"), "Draft");
  EXPECT_EQ(item.at("in_force"), false);
  EXPECT_EQ(item.at("latest"), false);
  EXPECT_EQ(item.at("built_in"), false);
  EXPECT_EQ(item.at("instance"), instance);
  EXPECT_TRUE(listed("operator", digest).is_null()) << "drafts are the administrator's";
  EXPECT_EQ(desk.send(instance, "activate").status, 200);
  EXPECT_EQ(desk.judged(desk.permit()), "9.1 Returned");
  EXPECT_EQ(listed("operator", digest).at("in_force"), true);
}

TEST_F(PackUpload, from_its_time_on_new_permits_are_judged_by_it_and_those_in_flight_never) {
  const std::string instance = draft(desk.strict(1));
  const std::string before = desk.permit();
  EXPECT_EQ(desk.send(instance, "activate", {{"from", at(hours(1))}}).status, 200);
  const std::string meanwhile = desk.permit();
  service.clock.advance(minutes(59));
  EXPECT_EQ(desk.judged(desk.permit()), usual() + " UnderReview");
  service.restart();
  service.clock.advance(minutes(2));
  const std::string after = desk.permit();
  EXPECT_EQ(desk.judged(after), "9.1 Returned");
  EXPECT_EQ(desk.judged(before), usual() + " UnderReview");
  EXPECT_EQ(desk.judged(meanwhile), usual() + " UnderReview");
  service.restart();
  EXPECT_EQ(desk.judged(desk.permit()), "9.1 Returned") << "also after a restart";
  const Json decisions = desk.decisions(after);
  for (const Json& decision : decisions.at("items")) EXPECT_EQ(decision.at("reevaluated"), true);
  EXPECT_EQ(problems(), 0);
}

TEST_F(PackUpload, what_was_in_force_before_comes_back_by_activating_it_again) {
  const std::string first = draft(desk.version(1)), second = draft(desk.strict(2));
  EXPECT_EQ(desk.send(first, "activate").status, 200);
  EXPECT_EQ(desk.send(second, "activate").status, 200);
  EXPECT_EQ(desk.judged(desk.permit()), "9.2 Returned");
  EXPECT_EQ(desk.send(first, "activate", {{"from", at(minutes(5))}}).status, 200);
  EXPECT_EQ(desk.judged(desk.permit()), "9.2 Returned");
  service.clock.advance(minutes(6));
  EXPECT_EQ(desk.judged(desk.permit()), "9.1 UnderReview");
}

TEST_F(PackUpload, an_activation_that_has_not_begun_is_cancelled_and_a_draft_discarded) {
  const std::string instance = draft(desk.strict(1)), digest = digest_of(instance);
  EXPECT_EQ(desk.send(instance, "activate", {{"from", at(hours(1))}}).status, 200);
  EXPECT_EQ(text_of(desk.send(instance, "cancel").body, "state"), "Draft");
  service.clock.advance(hours(2));
  EXPECT_EQ(desk.judged(desk.permit()), usual() + " UnderReview");
  EXPECT_EQ(desk.upload(desk.strict(1)).code(), "already_registered");
  EXPECT_EQ(text_of(desk.send(instance, "discard").body, "state"), "Discarded");
  EXPECT_EQ(listed("admin", digest).at("state"), "Discarded");
  EXPECT_EQ(desk.send(instance, "activate").code(), "wrong_state");
  const std::string again = draft(desk.strict(1));
  EXPECT_EQ(desk.send(again, "activate").status, 200);
  EXPECT_EQ(desk.send(again, "cancel").code(), "wrong_state") << "it has begun";
}

TEST_F(PackUpload, refuses_the_past_others_and_what_is_broken) {
  const std::string instance = draft(desk.version(1));
  EXPECT_EQ(desk.send(instance, "activate", {{"from", at(-hours(1))}}).code(), "time_impossible");
  EXPECT_EQ(service.ask({"POST", "/api/v1/packs", "supervisor1", desk.version(2)}).code(), "role_required");
  EXPECT_EQ(service.ask({"POST", "/api/v1/packs/" + instance + "/activate", "supervisor1", Json::object()}).code(),
            "role_required");
  Json broken = desk.version(2);
  broken["rules"][0]["require"] = {{"eq", {"$unit.dragon", true}}};
  const Got refused = desk.upload(broken);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "pack_broken");
  EXPECT_TRUE(text_of(refused.body, "path").starts_with("/rules/0/require")) << refused.text;
  const Got other_text = desk.upload(desk.version(1, {{"zh", "另一内容"}}));
  EXPECT_EQ(other_text.code(), "pack_broken");
  EXPECT_EQ(text_of(other_text.body, "path"), "/version");
}

TEST_F(PackUpload, differences_are_told_item_by_item_with_their_clause) {
  Json pack = desk.version(1, {{"params", {{"watch_minutes", {{"value", 90}}}}}});
  pack["measures"].erase(0);
  pack["rules"].push_back(pack["rules"][0]);
  pack["rules"].back()["code"] = "unit_suspended_again";
  const std::string digest = digest_of(draft(pack));
  const Got got = service.ask({"GET", "/api/v1/packs/" + digest + "/diff", "supervisor1"});
  EXPECT_EQ(got.body.at("counts"), Json({{"added", 1}, {"removed", 1}, {"changed", 1}})) << got.text;
  EXPECT_EQ(text_of(got.body.at("against"), "version"), usual());
  const Json& changed = got.body.at("changes").at(0);
  EXPECT_EQ(changed.at("section"), "params");
  EXPECT_EQ(changed.at("key"), "watch_minutes");
  EXPECT_EQ(changed.at("clause"), "local");
  EXPECT_EQ(changed.at("members"), Json::array({"value"}));
  EXPECT_EQ(changed.at("before").at("value"), 60);
  EXPECT_EQ(changed.at("after").at("value"), 90);
  EXPECT_EQ(got.body.at("changes").at(1).at("change"), "added");
  EXPECT_EQ(got.body.at("changes").at(2).at("change"), "removed");
  const Got itself = service.ask({"GET", "/api/v1/packs/" + digest + "/diff?against=" + digest, "admin"});
  EXPECT_EQ(itself.body.at("changes"), Json::array());
  EXPECT_EQ(service.ask({"GET", "/api/v1/packs/none/diff", "admin"}).code(), "not_found");
}

TEST_F(PackUpload, a_trial_on_the_permits_of_the_last_days_names_each_decision_that_differs) {
  const std::string permit = desk.permit();
  const std::string same = digest_of(draft(desk.version(1))), strict = digest_of(draft(desk.strict(2)));
  const int64_t entries = service.entries();
  const Got unchanged = desk.trial(same, {{"days", 30}});
  EXPECT_EQ(unchanged.body.at("differ"), 0) << unchanged.text;
  EXPECT_EQ(unchanged.body.at("decisions"), 1);
  const Got got = desk.trial(strict, {{"days", 30}});
  ASSERT_EQ(got.body.at("differ"), 1) << got.text;
  const Json& item = got.body.at("items").at(0);
  EXPECT_EQ(item.at("permit"), permit);
  EXPECT_EQ(item.at("stage"), "submit");
  EXPECT_EQ(item.at("before").at("verdict"), "passed");
  EXPECT_EQ(item.at("after").at("verdict"), "refused");
  EXPECT_EQ(item.at("more_findings"), Json::array({"window_too_long"}));
  EXPECT_EQ(service.entries(), entries) << "a trial stores nothing";
  EXPECT_EQ(desk.trial(strict, {{"days", 0}}).code(), "payload_invalid");
  service.clock.advance(hours(24 * 40));
  const Json admin = {{"login", "admin"}, {"password", test::k_demo_password}};
  const std::string token = text_of(service.ask({"POST", "/api/v1/sessions", "", admin}).body, "token");
  const Got later = service.ask({"POST", "/api/v1/packs/" + strict + "/trial", "", {{"days", 30}},
                                 {{"authorization", "Bearer " + token}}});
  EXPECT_EQ(later.body.at("permits"), 0) << later.text;
}

TEST_F(PackUpload, a_trial_on_a_ledger_compares_with_the_version_in_force) {
  const std::string same = digest_of(draft(desk.version(1))), strict = digest_of(draft(desk.strict(2)));
  const std::string folder = std::string(SOURCE_DIR) + "/tests/data/ledger", zip = test::zip_of(folder);
  const Got unchanged = desk.trial_on(same, zip);
  EXPECT_EQ(unchanged.body.at("permits"), 400) << unchanged.text.substr(0, 400);
  EXPECT_EQ(unchanged.body.at("differ"), 0);
  const Got got = desk.trial_on(strict, zip);
  EXPECT_GT(got.body.at("differ").get<int>(), 50);
  EXPECT_EQ(got.body.at("differ").get<int>() + got.body.at("unchanged").get<int>(), 400);
  EXPECT_EQ(desk.trial_on(strict, "not a zip").code(), "ledger_unusable");
  const auto without = [](auto& files) { files.erase("units.csv"); };
  EXPECT_EQ(desk.trial_on(strict, test::zip_of(folder, without)).code(), "ledger_unusable");
  const auto spoilt = [](auto& files) { files["calendar.csv"] += "2026-13-45,holiday\r\n"; };
  EXPECT_EQ(desk.trial_on(strict, test::zip_of(folder, spoilt)).code(), "import_row_invalid");
}

}  // namespace
}  // namespace sparkgate
