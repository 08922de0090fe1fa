// What officers do with reports beyond words: merging, handing on to inspectors, telling of fine and reward.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"
#include "workflows/report/hand_off.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

struct ReportActs : testing::Test {
  IntakeRig rig;
  std::string id_of(const report::Receipt& receipt) {
    rig.look_at(receipt);
    return rig.only_report();
  }
  Code act(const std::string& id, report::Act act) {
    const auto done = rig.desk.act(rig.officers[0].unlocked, id, act);
    return done ? Code::internal : done.error().code;
  }
  void take_up(const std::string& id) { ASSERT_TRUE(rig.desk.act(rig.officers[0].unlocked, id, {"acknowledge"})); }
  report::OfficerView view(const std::string& id) { return rig.desk.read(rig.officers[0].unlocked, id).value(); }
  static Json last_note(const report::OfficerView& view) {
    for (auto said = view.said.rbegin(); said != view.said.rend(); ++said) {
      if (said->kind == "note") return said->content;
    }
    return nullptr;
  }
};

TEST_F(ReportActs, merging_is_one_act_of_which_both_reports_tell) {
  const auto first = rig.filed("二楼在焊"), second = rig.filed("楼上冒火花");
  const std::string into = id_of(first), id = id_of(second);
  take_up(into), take_up(id);
  EXPECT_EQ(act(id, {"merge", "并案", "", {{"report", id}}}), Code::unknown_reference) << "into itself";
  EXPECT_EQ(act(id, {"merge", "并案", "", {{"report", "00"}}}), Code::unknown_reference);
  ASSERT_EQ(act(id, {"merge", "与另一举报并案办理", "", {{"report", into}}}), Code::internal);
  EXPECT_EQ(view(id).summary.report.state, "Merged");
  EXPECT_EQ(text_of(last_note(view(id)), "report"), into);
  EXPECT_EQ(text_of(last_note(view(into)), "report"), id);
  EXPECT_EQ(view(into).unproven, 0);
  const auto third = rig.filed("又一份");
  take_up(id_of(third));
  EXPECT_EQ(act(id_of(third), {"merge", "并案", "", {{"report", id}}}), Code::wrong_state) << "that one has ended";
}

TEST_F(ReportActs, the_link_between_merged_reports_stands_nowhere_in_clear) {
  const std::string into = id_of(rig.filed("一")), id = id_of(rig.filed("二"));
  take_up(into), take_up(id);
  ASSERT_EQ(act(id, {"merge", "并案", "", {{"report", into}}}), Code::internal);
  rig.store->read([&](IntakeReader& reader) {
    for (const auto& [of, other] : {std::pair(id, into), std::pair(into, id)}) {
      for (const StoredStep& step : reader.steps(of)) EXPECT_EQ(step.text.find(other), std::string::npos);
      for (const StoredItem& item : reader.items(of)) EXPECT_EQ(item.body.find(other), std::string::npos);
    }
  });
}

TEST_F(ReportActs, a_hand_off_needs_a_place_and_a_summary) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  EXPECT_EQ(act(id, {"hand_off", "", "请查", Json::object()}), Code::report_invalid);
  EXPECT_EQ(act(id, {"hand_off", "", "", {{"area", "a"}, {"address", "b"}}}), Code::report_invalid);
  const Json both = {{"area", "a"}, {"address", "b"}, {"permit", "p"}};
  EXPECT_EQ(act(id, {"hand_off", "", "请查", both}), Code::report_invalid);
  EXPECT_TRUE(view(id).hand_offs.empty());
}

TEST_F(ReportActs, a_hand_off_goes_out_once_some_hours_later_and_its_outcome_comes_back) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  ASSERT_EQ(act(id, {"hand_off", "", "请查东门", {{"area", "a"}, {"address", "东门"}}}), Code::internal);
  int sent = 0;
  const report::Refer refer = [&](const std::string&, const Json& referral) -> Result<std::string> {
    ++sent;
    EXPECT_EQ(referral, (Json{{"area", "a"}, {"address", "东门"}, {"note", "请查东门"}}));
    return "inspection-1";
  };
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 0) << "not within the hour in which the officer wrote it";
  ASSERT_EQ(view(id).hand_offs.size(), 1u);
  EXPECT_NE(view(id).hand_offs[0].stored.due, "");
  rig.clock.advance(hours(25));
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 1);
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 0);
  EXPECT_EQ(sent, 1);
  const StoredHandOff done = view(id).hand_offs.at(0).stored;
  EXPECT_EQ(done.outcome, "{\"inspection\":\"inspection-1\"}");
  EXPECT_EQ(done.sealed, "") << "the summary does not stay";
}

TEST_F(ReportActs, an_urgent_one_goes_out_at_once) {
  const auto receipt = rig.source.file({"blocked_exit", "", "东门", "", "通道被堵", {}}).value();
  const std::string id = id_of(receipt);
  take_up(id);
  ASSERT_EQ(act(id, {"hand_off", "", "请查东门", {{"area", "a"}, {"address", "东门"}}}), Code::internal);
  const auto refer = [](const std::string&, const Json&) -> Result<std::string> { return "i"; };
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 1);
}

TEST_F(ReportActs, hours_of_hand_offs_are_by_lot) {
  std::map<std::string, int> hours;
  for (int i = 0; i < 480; ++i) ++hours[report::make_hand_off(Json::object(), false, rig.intake).value().due];
  EXPECT_EQ(hours.size(), 24u);
  for (const auto& [hour, count] : hours) EXPECT_LT(count, 60) << hour;
}

TEST_F(ReportActs, what_cannot_be_handed_over_now_waits_and_what_never_can_says_why) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  ASSERT_EQ(act(id, {"hand_off", "", "请查", {{"area", "a"}, {"address", "东门"}}}), Code::internal);
  rig.clock.advance(hours(25));
  const auto refuse_with = [&](Code code) {
    return report::hand_over_due(rig.intake, [&](auto&, auto&) -> Result<std::string> { return refuse(code); });
  };
  EXPECT_EQ(refuse_with(Code::too_busy).error().code, Code::too_busy);
  EXPECT_NE(view(id).hand_offs.at(0).stored.due, "") << "it is tried again";
  EXPECT_EQ(refuse_with(Code::unknown_reference).value(), 1);
  EXPECT_EQ(view(id).hand_offs.at(0).stored.outcome, "{\"refused\":\"unknown_reference\"}");
}

TEST_F(ReportActs, the_database_alone_does_not_tell_what_waits_to_be_inspected) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  ASSERT_EQ(act(id, {"hand_off", "", "请查东门", {{"area", "a"}, {"address", "东门"}}}), Code::internal);
  const StoredHandOff waiting = view(id).hand_offs.at(0).stored;
  EXPECT_EQ(waiting.sealed.find("东门"), std::string::npos);
  rig.clock.advance(hours(25));
  rig.intake.pepper = SecretBytes::copy_of({"another pepper"});
  const auto refer = [](const std::string&, const Json&) -> Result<std::string> { return "i"; };
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 1);
  EXPECT_EQ(view(id).hand_offs.at(0).stored.outcome, "{\"refused\":\"hand_off_unreadable\"}");
}

TEST_F(ReportActs, what_waits_and_was_altered_is_not_referred) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  ASSERT_EQ(act(id, {"hand_off", "", "请查东门", {{"area", "a"}, {"address", "东门"}}}), Code::internal);
  StoredHandOff waiting = view(id).hand_offs.at(0).stored;
  waiting.sealed.back() ^= 1;
  rig.store->write([&](IntakeWriter& writer) { writer.put(waiting); });
  rig.clock.advance(hours(25));
  const auto refer = [](const std::string&, const Json&) -> Result<std::string> { return "i"; };
  EXPECT_EQ(report::hand_over_due(rig.intake, refer).value(), 1);
  EXPECT_EQ(view(id).hand_offs.at(0).stored.outcome, "{\"refused\":\"hand_off_unreadable\"}");
}

TEST_F(ReportActs, an_officer_s_words_deceive_nobody_either) {
  const std::string id = id_of(rig.filed());
  take_up(id);
  EXPECT_EQ(act(id, {"say", "a\u202Eb", "", Json::object()}), Code::report_invalid);
  EXPECT_EQ(act(id, {"say", "请补充", "a\ab", Json::object()}), Code::report_invalid);
  EXPECT_EQ(act(id, {"say", "请补充\n地点", "", Json::object()}), Code::internal);
  EXPECT_EQ(act(id, {"hand_off", "", "请查", {{"area", "a"}, {"address", "东\u202E门"}}}), Code::report_invalid);
}

TEST_F(ReportActs, fine_and_reward_are_told_to_the_source_where_it_was_found_true) {
  const auto receipt = rig.filed();
  const std::string id = id_of(receipt);
  for (const char* event : {"acknowledge", "triage", "assign", "investigate", "refute"}) ASSERT_TRUE(rig.act(event));
  EXPECT_EQ(act(id, {"give_feedback", "不属实", "", {{"reward", 3000}}}), Code::report_invalid);
  ASSERT_TRUE(rig.act("give_feedback", "不属实"));
  ASSERT_TRUE(rig.source.act(rig.source.keys_of(receipt.code), "object", "再查"));
  ASSERT_TRUE(rig.act("substantiate"));
  ASSERT_EQ(act(id, {"give_feedback", "属实", "", {{"fine", 20000}, {"reward", 3000}}}), Code::internal);
  const Json told = rig.source.look(rig.source.keys_of(receipt.code)).value().said.back().content;
  EXPECT_EQ(told.at("fine"), 20000);
  EXPECT_EQ(told.at("reward"), 3000);
}

}  // namespace
}  // namespace sparkgate
