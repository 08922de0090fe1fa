// A public report from both sides, without the service around it.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"
#include "workflows/report/events.h"
#include "workflows/report/keeper.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

struct Report : testing::Test {
  IntakeRig rig;
  report::SourceView seen(const report::Receipt& receipt) {
    return rig.source.look(rig.source.keys_of(receipt.code)).value();
  }
  report::OfficerView read(size_t who = 0) {
    return rig.desk.read(rig.officers[who].unlocked, rig.only_report()).value();
  }
  bool can(const report::Receipt& receipt, std::string_view event) {
    const auto next = seen(receipt).next;
    return std::find(next.begin(), next.end(), event) != next.end();
  }
  Code refused(const report::Receipt& receipt, std::string_view event, const std::string& text = "text") {
    const auto done = rig.source.act(rig.source.keys_of(receipt.code), event, text);
    return done ? Code::internal : done.error().code;
  }
};

TEST_F(Report, is_read_by_each_officer_of_the_roster_and_by_the_source) {
  const auto receipt = rig.filed("二楼无证焊接");
  for (size_t who : {0, 1}) EXPECT_EQ(text_of(read(who).summary.first, "text"), "二楼无证焊接");
  const auto own = seen(receipt);
  ASSERT_EQ(own.said.size(), 1u);
  EXPECT_EQ(text_of(own.said[0].content, "address"), "一号车间");
  EXPECT_EQ(own.state, "Received");
}

TEST_F(Report, goes_from_receipt_to_closure_with_question_answer_outcome_and_reward) {
  const auto receipt = rig.filed();
  const auto keys = rig.source.keys_of(receipt.code);
  ASSERT_TRUE(rig.act("acknowledge", "已受理"));
  ASSERT_TRUE(rig.act("say", "焊机是谁的？"));
  ASSERT_TRUE(rig.source.act(keys, "answer", "外来施工队的"));
  for (const char* event : {"triage", "assign", "investigate", "substantiate"}) ASSERT_TRUE(rig.act(event)) << event;
  ASSERT_TRUE(rig.act("give_feedback", "属实，已处罚"));
  EXPECT_TRUE(can(receipt, "claim_reward"));
  ASSERT_TRUE(rig.source.act(keys, "claim_reward", ""));
  EXPECT_FALSE(can(receipt, "claim_reward"));
  ASSERT_TRUE(rig.act("close"));
  const auto own = seen(receipt);
  EXPECT_EQ(own.state, "Closed");
  std::vector<std::string> texts;
  for (const auto& said : own.said) texts.push_back(text_of(said.content, "text"));
  const std::vector<std::string> expected = {"车间里无证焊接", "已受理", "焊机是谁的？", "外来施工队的",
                                             "属实，已处罚"};
  EXPECT_EQ(texts, expected);
  EXPECT_EQ(read().unproven, 0);
}

TEST_F(Report, a_note_among_officers_is_not_told_to_the_source) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.desk.act(rig.officers[0].unlocked, rig.only_report(), {"acknowledge", "", "疑似同一家"}));
  EXPECT_EQ(seen(receipt).said.size(), 1u);
  EXPECT_EQ(read(1).said.size(), 2u);
}

TEST_F(Report, is_not_sealed_to_an_officer_whom_the_source_left_out_nor_later) {
  rig.filed("举报许静的亲戚", {rig.officers[0].unlocked.officer});
  EXPECT_EQ(rig.desk.list(rig.officers[0].unlocked).value().size(), 0u);
  EXPECT_EQ(rig.desk.read(rig.officers[0].unlocked, rig.only_report()).error().code, Code::not_found);
  EXPECT_EQ(rig.desk.seal_to_roster(rig.officers[1].unlocked).value().sealed, 0);
  EXPECT_EQ(rig.desk.list(rig.officers[1].unlocked).value().size(), 1u);
}

TEST_F(Report, is_refused_when_nobody_is_left_to_read_it) {
  const auto filed = rig.source.file({"no_permit", "", "东门", "", "text",
                                      {rig.officers[0].unlocked.officer, rig.officers[1].unlocked.officer}});
  EXPECT_EQ(filed.error().code, Code::report_invalid);
}

TEST_F(Report, an_officer_who_joins_reads_once_somebody_has_sealed_to_the_roster) {
  rig.filed();
  rig.officers.push_back(rig.officer("新来的"));
  EXPECT_EQ(rig.desk.list(rig.officers[2].unlocked).error().code, Code::not_an_officer);
  rig.sign_roster(rig.officers);
  EXPECT_EQ(rig.desk.list(rig.officers[2].unlocked).value().size(), 0u);
  EXPECT_EQ(rig.desk.seal_to_roster(rig.officers[0].unlocked).value().sealed, 1);
  EXPECT_EQ(rig.desk.list(rig.officers[2].unlocked).value().size(), 1u);
}

TEST(ReportClocks, warn_a_day_before_and_say_afterwards_that_it_is_late) {
  struct Row {
    const char *due, *nearness;
  };
  for (const Row& row : {Row{"2026-03-05", ""}, Row{"2026-03-04", "soon"}, Row{"2026-03-03", "soon"},
                         Row{"2026-03-02", "late"}, Row{"", ""}}) {
    EXPECT_EQ(report::nearness(row.due, "2026-03-03"), row.nearness) << row.due;
  }
}

TEST_F(Report, can_be_objected_to_once) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火"));
  ASSERT_TRUE(can(receipt, "object"));
  EXPECT_TRUE(rig.source.act(rig.source.keys_of(receipt.code), "object", "就是电焊"));
  EXPECT_EQ(seen(receipt).state, "Acknowledged");
  ASSERT_TRUE(rig.act("dismiss", "已核实"));
  EXPECT_FALSE(can(receipt, "object"));
  EXPECT_EQ(refused(receipt, "object"), Code::wrong_state);
}

TEST_F(Report, that_is_not_found_true_has_no_reward) {
  const auto receipt = rig.filed();
  EXPECT_EQ(refused(receipt, "claim_reward", ""), Code::wrong_state);
  for (const char* event : {"acknowledge", "triage", "assign", "investigate", "refute"}) ASSERT_TRUE(rig.act(event));
  ASSERT_TRUE(rig.act("give_feedback", "不属实"));
  EXPECT_EQ(refused(receipt, "claim_reward", ""), Code::wrong_state);
}

TEST_F(Report, gives_one_reward_and_none_once_an_objection_led_to_another_finding) {
  const auto receipt = rig.filed();
  for (const char* event : {"acknowledge", "triage", "assign", "investigate", "substantiate"}) {
    ASSERT_TRUE(rig.act(event));
  }
  ASSERT_TRUE(rig.act("give_feedback", "属实"));
  ASSERT_TRUE(rig.source.act(rig.source.keys_of(receipt.code), "claim_reward", ""));
  EXPECT_EQ(refused(receipt, "claim_reward", ""), Code::wrong_state) << "claimed already";

  const auto other = rig.filed("另一份");
  rig.look_at(other);
  for (const char* event : {"acknowledge", "triage", "assign", "investigate", "substantiate"}) {
    ASSERT_TRUE(rig.act(event));
  }
  ASSERT_TRUE(rig.act("give_feedback", "属实"));
  ASSERT_TRUE(rig.source.act(rig.source.keys_of(other.code), "object", "处罚太轻"));
  for (const char* event : {"refute", "give_feedback"}) ASSERT_TRUE(rig.act(event, "查无此事"));
  EXPECT_FALSE(can(other, "claim_reward"));
}

TEST_F(Report, that_has_ended_takes_no_more_words_and_no_more_files) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火"));
  EXPECT_EQ(refused(receipt, "answer"), Code::wrong_state);
  EXPECT_EQ(rig.source.begin_file(rig.source.keys_of(receipt.code)).error().code, Code::wrong_state);
  EXPECT_EQ(rig.act("say", "？").error().code, Code::wrong_state);
}

TEST_F(Report, is_held_and_released_in_turn) {
  rig.filed();
  EXPECT_EQ(rig.act("release").error().code, Code::wrong_state);
  ASSERT_TRUE(rig.act("hold"));
  EXPECT_TRUE(read().summary.report.is_held);
  EXPECT_EQ(rig.act("hold").error().code, Code::wrong_state);
  ASSERT_TRUE(rig.act("release"));
  EXPECT_FALSE(read().summary.report.is_held);
}

TEST_F(Report, another_code_opens_nothing) {
  rig.filed();
  const auto other = rig.source.keys_of(ReceiptCode::generate(rig.random));
  EXPECT_EQ(rig.source.look(other).error().code, Code::receipt_unknown);
}

TEST_F(Report, what_is_altered_in_the_store_is_not_shown) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge", "已受理"));
  const std::string id = rig.only_report();
  StoredItem item;
  rig.store->read([&](IntakeReader& reader) { item = reader.items(id).at(1); });
  for (std::string StoredItem::*part : {&StoredItem::key_sealed, &StoredItem::body, &StoredItem::proof}) {
    StoredItem altered = item;
    (altered.*part).back() ^= 1;
    int unproven = 0;
    StoredReport stored;
    rig.store->read([&](IntakeReader& reader) { stored = reader.report(id).value(); });
    auto secret = report::secret_for_source("office", stored, rig.source.keys_of(receipt.code));
    const auto thread = report::Thread::open("office", stored, std::move(*secret)).value();
    std::vector<StoredItem> items;
    rig.store->read([&](IntakeReader& reader) { items = reader.items(id); });
    items[1] = altered;
    EXPECT_EQ(thread.read(items, rig.rosters.signing_keys(), unproven).size(), 1u);
    EXPECT_EQ(unproven, 1);
    std::swap(items[0], items[1]);
    EXPECT_EQ(thread.read(items, rig.rosters.signing_keys(), unproven).size(), 0u);
  }
}

TEST_F(Report, a_broken_step_is_counted_and_an_altered_state_moves_nowhere) {
  (void)rig.filed();
  const std::string id = rig.only_report();
  rig.store->write([&](IntakeWriter& writer) { writer.add(StoredStep{id, 7, "x"}); });
  EXPECT_EQ(read().unproven, 1);
  EXPECT_FALSE(read().next.empty());
  rig.store->write([&](IntakeWriter& writer) {
    StoredReport altered = writer.report(id).value();
    altered.state = "Nowhere";
    writer.put(altered);
  });
  EXPECT_EQ(read().next, std::vector<std::string>());
  EXPECT_FALSE(rig.act("say", "请补充"));
}

TEST_F(Report, no_report_is_taken_with_fewer_than_two_officers_or_without_a_roster_that_holds) {
  const auto refused = [&] { return rig.source.file({"other", "", "东门", "", "text", {}}).error().code; };
  rig.clock.advance(std::chrono::days(91));
  EXPECT_EQ(refused(), Code::intake_closed) << "the roster has expired";
  std::vector<IntakeRig::Officer> one;
  one.push_back(rig.officer("一人"));
  rig.sign_roster(one);
  EXPECT_EQ(refused(), Code::intake_closed) << "one officer";
}

TEST_F(Report, a_roster_is_not_accepted_from_another_lead_nor_an_old_one_again) {
  const auto foreign = rig.signed_roster(rig.officers, 7, PrivateKey::generate(KeyType::ed25519));
  EXPECT_EQ(rig.rosters.accept(foreign).error().code, Code::roster_refused);
  const auto old = rig.signed_roster(rig.officers, 1, rig.lead);
  rig.sign_roster(rig.officers);
  EXPECT_EQ(rig.rosters.accept(old).error().code, Code::roster_refused);
}

TEST_F(Report, an_officer_key_put_into_the_database_reads_nothing) {
  const auto intruder = rig.officer("不速之客");
  rig.store->write([&](IntakeWriter& writer) {
    writer.put(StoredOfficer{intruder.unlocked.officer, "account", "x", intruder.unlocked.keys.reading.public_key(),
                             intruder.unlocked.keys.signing.public_key(), "wrap", "wrap"});
    writer.add(rig.signed_roster({}, 99, PrivateKey::generate(KeyType::ed25519)));
  });
  EXPECT_EQ(rig.desk.list(intruder.unlocked).error().code, Code::intake_closed) << "the newest roster does not hold";
}

TEST_F(Report, that_is_overdue_is_marked_once_a_clock_and_still_handled) {
  rig.filed();
  rig.clock.advance(std::chrono::days(3));  // Thursday, the day on which it is due
  EXPECT_EQ(report::escalate_overdue(rig.intake), 0);
  rig.clock.advance(std::chrono::days(1));
  EXPECT_EQ(report::escalate_overdue(rig.intake), 1);
  EXPECT_EQ(report::escalate_overdue(rig.intake), 0);
  EXPECT_TRUE(rig.act("acknowledge"));
}

TEST_F(Report, that_has_ended_is_erased_after_its_time_unless_it_is_held) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "重复"));
  ASSERT_TRUE(rig.act("hold"));
  const int kept_days = report::state_row("Dismissed").kept_days;
  rig.clock.advance(std::chrono::days(kept_days - 1));
  EXPECT_EQ(report::erase_expired(rig.intake), 0);
  rig.clock.advance(std::chrono::days(1));
  EXPECT_EQ(report::erase_expired(rig.intake), 0) << "it is held";
  rig.sign_roster(rig.officers);
  ASSERT_TRUE(rig.act("release"));
  EXPECT_EQ(report::erase_expired(rig.intake), 0) << "its time begins anew";
  rig.clock.advance(std::chrono::days(kept_days));
  EXPECT_EQ(report::erase_expired(rig.intake), 1);
  EXPECT_EQ(rig.source.look(rig.source.keys_of(receipt.code)).error().code, Code::receipt_unknown);
}

TEST_F(Report, days_are_closed_one_by_one_with_as_many_hashes_whether_there_were_reports_or_not) {
  rig.filed();
  rig.clock.advance(std::chrono::days(3));
  report::close_days(rig.intake);
  report::close_days(rig.intake);
  std::vector<StoredDay> days;
  rig.store->read([&](IntakeReader& reader) { days = reader.days(); });
  ASSERT_EQ(days.size(), 3u);
  for (const StoredDay& day : days) {
    EXPECT_EQ(day.leaves.size(), 64 * 32u) << day.day;
    EXPECT_EQ(day.root, report::root_of_day(day.leaves)) << day.day;
  }
}

struct Limit {
  const char* received;
  bool urgent;
  const char* check;
};

// 24 hours, or three days of work: 公安部令第120号 第18条
// 2026-03-06 was a Friday.
TEST(ReportClocks, run_out_on_the_day_that_the_rules_say) {
  const auto works_on = [](std::string_view day) { return !rules::is_weekend(std::string(day)); };
  for (const Limit& limit : {Limit{"2026-03-02", true, "2026-03-03"}, Limit{"2026-03-02", false, "2026-03-05"},
                             Limit{"2026-03-06", false, "2026-03-11"}, Limit{"2026-03-06", true, "2026-03-07"}}) {
    StoredReport report;
    report.received = limit.received;
    report.is_urgent = limit.urgent;
    report.state = "Received";
    EXPECT_EQ(report::due_of(report, works_on), limit.check) << limit.received;
    report.state = "Investigating";
    EXPECT_EQ(report::due_of(report, works_on), std::string(limit.received).replace(5, 2, "06"));
    report.state = "Closed";
    EXPECT_EQ(report::due_of(report, works_on), "");
  }
}

TEST(ReportClocks, three_months_from_a_long_month_end_in_a_short_one) {
  StoredReport report;
  report.received = "2025-11-30";
  report.state = "Investigating";
  EXPECT_EQ(report::due_of(report, [](std::string_view) { return true; }), "2026-02-28");
}

struct Bad {
  const char* what;
  report::Filing filing;
};

TEST(ReportFiling, is_refused_with_the_reason) {
  const report::Filing good{"no_permit", "", "东门", "", "电焊", {}};
  EXPECT_TRUE(report::check(good));
  test::SeededRandom random;
  const std::string code(ReceiptCode::generate(random).text().view());
  const auto with = [&](std::string report::Filing::*member, std::string value) {
    report::Filing out = good;
    out.*member = std::move(value);
    return out;
  };
  for (const Bad& bad : {Bad{"no such kind", with(&report::Filing::category, "arson")},
                         Bad{"no place", with(&report::Filing::address, " ")},
                         Bad{"nothing told", with(&report::Filing::text, "\n")},
                         Bad{"too long", with(&report::Filing::text, std::string(20'000, 'x'))},
                         Bad{"a control character", with(&report::Filing::text, "a\x01")},
                         Bad{"text that runs backwards", with(&report::Filing::text, "a\u202Eb")},
                         Bad{"a receipt code", with(&report::Filing::text, "my code is " + code)},
                         Bad{"a receipt code as place", with(&report::Filing::address, code)}}) {
    const auto checked = report::check(bad.filing);
    ASSERT_FALSE(checked) << bad.what;
    EXPECT_EQ(checked.error().code, Code::report_invalid) << bad.what;
  }
}

TEST(ReportLifecycle, every_event_of_the_table_has_words_and_every_state_too) {
  for (const auto& state : report::states()) EXPECT_FALSE(state.label.zh.empty() || state.told.en.empty());
  for (const auto& event : report::events()) EXPECT_EQ(report::event_row(event.name), &event);
}

}  // namespace
}  // namespace sparkgate
