// What the keeper removes by itself: reports whose time is over, by the way they ended, and files that nothing names.
#include "workflows/report/keeper.h"

#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"
#include "workflows/report/cleaned.h"
#include "workflows/report/events.h"

namespace sparkgate {
namespace {

namespace fs = std::filesystem;

struct Keeper : testing::Test {
  test::IntakeRig rig;

  std::string expires() {
    std::string day;
    const std::string id = rig.only_report();
    rig.store->read([&](IntakeReader& reader) { day = reader.report(id).value().expires; });
    return day;
  }
  // A file of so many hours, by the rig's clock.
  void put(const std::string& name, int hours_old) {
    ASSERT_TRUE(rig.intake.files.put(name, "sealed"));
    const auto at = std::chrono::file_clock::from_sys(rig.clock.wall() - hours(hours_old));
    fs::last_write_time(rig.folder.path() / "files" / name.substr(0, 2) / name, at);
  }
  bool is_there(const std::string& name) { return rig.intake.files.written(name).has_value(); }

  // One that came with a report.
  std::string sent_file(const report::Receipt& receipt) {
    const SourceKeys keys = rig.source.keys_of(receipt.code);
    const auto key = rig.source.begin_file(keys).value();
    std::string sealed;
    SealedFileWriter writer(key.key, key.place, [&](std::string_view bytes) { sealed.append(bytes); });
    writer.write("words");
    writer.finish();
    EXPECT_TRUE(rig.intake.files.put(key.name, sealed));
    EXPECT_TRUE(rig.source.end_file(keys, key, {"a.txt", "text/plain", "text", 5, sha256(sealed)}));
    return key.name;
  }
};

TEST_F(Keeper, keeps_what_was_found_true_longer_than_what_was_dismissed_or_merged) {
  rig.filed();
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火"));
  EXPECT_EQ(expires(), "2027-03-02");
  rig.look_at(rig.filed("另一份"));
  for (const char* event : {"acknowledge", "triage", "assign", "investigate", "substantiate"}) {
    ASSERT_TRUE(rig.act(event)) << event;
    EXPECT_EQ(expires(), "") << event;
  }
  ASSERT_TRUE(rig.act("give_feedback", "属实"));
  ASSERT_TRUE(rig.act("close"));
  EXPECT_EQ(expires(), "2029-03-01");
  EXPECT_EQ(report::state_row("Merged").kept_days, report::state_row("Dismissed").kept_days);
}

TEST_F(Keeper, counts_what_is_overdue_and_tells_no_more) {
  rig.filed();
  const auto overdue = [&] {
    int count = 0;
    rig.store->read([&](IntakeReader& reader) { count = report::count_overdue(reader, rig.intake); });
    return count;
  };
  rig.clock.advance(std::chrono::days(3));  // the day on which it is due
  EXPECT_EQ(overdue(), 0);
  rig.clock.advance(std::chrono::days(1));
  EXPECT_EQ(overdue(), 1);
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火"));
  EXPECT_EQ(overdue(), 0);
}

TEST_F(Keeper, every_state_that_ends_a_report_says_how_long_it_is_kept) {
  for (const report::StateRow& state : report::states()) EXPECT_EQ(state.kept_days > 0, state.is_ended) << state.name;
}

TEST_F(Keeper, removes_files_that_no_item_names_once_no_upload_can_be_writing_them) {
  const std::string file = sent_file(rig.filed());
  put(file, 24);
  put(file + ".cleaned", 24);
  put("0123orphan", 4);
  put("0123orphan.cleaned", 4);
  put("0123unfinished.new", 4);
  put(file + ".cleaned.new", 4);
  put("0123young", 2);
  put("0123young.new", 2);
  EXPECT_EQ(report::sweep_files(rig.intake), 4);
  EXPECT_TRUE(is_there(file));
  EXPECT_TRUE(is_there(file + ".cleaned"));
  EXPECT_TRUE(is_there("0123young"));
  EXPECT_TRUE(is_there("0123young.new"));
  EXPECT_FALSE(is_there("0123orphan"));
  EXPECT_FALSE(is_there("0123unfinished.new"));
  EXPECT_EQ(report::sweep_files(rig.intake), 0);
}

TEST_F(Keeper, erases_a_report_with_its_files_and_their_cleaned_copies) {
  const std::string file = sent_file(rig.filed());
  put(file + ".cleaned", 0);
  ASSERT_TRUE(rig.act("acknowledge"));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火"));
  rig.clock.advance(std::chrono::days(365));
  EXPECT_EQ(report::erase_expired(rig.intake), 1);
  EXPECT_FALSE(is_there(file));
  EXPECT_FALSE(is_there(file + ".cleaned"));
}

struct CleanedCopies : Keeper {
  CleanedCopies() {
    rig.intake.clean = [this](std::string_view bytes, std::string_view extension) -> Result<std::string> {
      ++made;
      return std::string(bytes) + " without " + std::string(extension);
    };
  }
  Result<report::CleanedCopy> look(size_t who = 0) {
    return report::cleaned_copy(rig.intake, rig.officers[who].unlocked, rig.only_report(), 1);
  }
  int made = 0;
};

TEST_F(CleanedCopies, are_made_once_and_read_by_every_officer_of_the_report) {
  const std::string file = sent_file(rig.filed());
  EXPECT_EQ(look().value().bytes, "words without txt");
  EXPECT_EQ(look(1).value().bytes, "words without txt");
  EXPECT_EQ(look().value().kind.extension, "txt");
  EXPECT_EQ(made, 1);
  const std::string sealed = rig.intake.files.get(file + ".cleaned").value();
  EXPECT_EQ(sealed.find("words"), sealed.npos);
}

TEST_F(CleanedCopies, that_were_altered_or_are_another_file_s_are_made_anew) {
  const auto receipt = rig.filed();
  const std::string file = sent_file(receipt), other = sent_file(receipt);
  ASSERT_TRUE(look());
  std::string sealed = rig.intake.files.get(file + ".cleaned").value();
  ASSERT_TRUE(report::cleaned_copy(rig.intake, rig.officers[0].unlocked, rig.only_report(), 2));
  ASSERT_EQ(made, 2);
  ASSERT_TRUE(rig.intake.files.put(file + ".cleaned", rig.intake.files.get(other + ".cleaned").value()));
  EXPECT_TRUE(look());
  EXPECT_EQ(made, 3);
  sealed.back() ^= 1;
  ASSERT_TRUE(rig.intake.files.put(file + ".cleaned", sealed));
  EXPECT_TRUE(look());
  EXPECT_EQ(made, 4);
  ASSERT_TRUE(rig.intake.files.put(file + ".cleaned", "short"));
  EXPECT_EQ(look().value().bytes, "words without txt");
}

TEST_F(CleanedCopies, are_not_to_be_had_without_a_cleaner_and_not_by_whoever_cannot_open_the_report) {
  sent_file(rig.filed("里面有许静", {rig.officers[1].unlocked.officer}));
  EXPECT_EQ(look(1).error().code, Code::not_found);
  rig.intake.clean = nullptr;
  EXPECT_EQ(look().error().code, Code::cleaner_missing);
}

}  // namespace
}  // namespace sparkgate
