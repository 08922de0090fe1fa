// An officer's keys are replaced: what could be read and what was signed before stays so, whatever breaks on the way.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

struct Crash : std::runtime_error {
  Crash() : std::runtime_error("a crash of the test's") {}
};

// Ends like a process that was killed: before a transaction is committed, or right after.
class CrashingStore final : public IntakeStore {
 public:
  enum class At { nowhere, before_commit, after_commit };
  explicit CrashingStore(IntakeStore& store) : store_(store) {}
  void write(const std::function<void(IntakeWriter&)>& work) override {
    store_.write([&](IntakeWriter& writer) {
      work(writer);
      if (at == At::before_commit) throw Crash();
    });
    if (at == At::after_commit) throw Crash();
  }
  void read(const std::function<void(IntakeReader&)>& work) override { store_.read(work); }

  At at = At::nowhere;

 private:
  IntakeStore& store_;
};

struct Rotation : testing::Test {
  IntakeRig rig;
  CrashingStore store{*rig.store};
  report::Rosters rosters{store, rig.clock, "office", rig.lead_file,
                          report::EpochFile(rig.folder.path() / "epoch")};
  report::Intake intake{store,     rosters,          rig.clock,          rig.random,        "office", rig.intake.salt,
                        SecretBytes::copy_of({"pepper"}), rig.intake.files, rig.intake.today, rig.intake.works_on};

  report::SignRoster sign = [this](const std::vector<RosterOfficer>& officers) -> Result<StoredRoster> {
    const uint64_t epoch = rosters.next_epoch().value();
    const Time now = rig.clock.wall();
    const std::string text = roster_text({"office", epoch, now, now + k_roster_days, officers});
    return StoredRoster{static_cast<int64_t>(epoch), text, rig.lead.sign(roster_to_sign(text)).value()};
  };

  // Other keys for the first officer, as they would be wrapped.
  IntakeRig::Officer renewed() {
    return {rig.officers[0].name, {rig.officers[0].unlocked.officer, OfficerKeys::generate(rig.random)}};
  }
  StoredOfficer stored(const IntakeRig::Officer& one) {
    return {one.unlocked.officer, "account", one.name, one.unlocked.keys.reading.public_key(),
            one.unlocked.keys.signing.public_key(), "wrap", "wrap"};
  }
  Result<void> replace(const IntakeRig::Officer& after) {
    return report::replace_keys(intake, rig.officers[0].unlocked, stored(after), sign);
  }
  size_t readable_by(const IntakeRig::Officer& officer) {
    const auto all = rig.desk.list(officer.unlocked);
    return all ? all->size() : 0;
  }
  size_t wraps_of(const IntakeRig::Officer& officer) {
    size_t out = 0;
    rig.store->read([&](IntakeReader& reader) {
      out = reader.wraps_of_key(key_id_of(officer.unlocked.keys.reading.public_key())).size();
    });
    return out;
  }
};

TEST_F(Rotation, lets_the_new_keys_read_all_that_the_old_ones_read_and_the_old_ones_nothing) {
  rig.filed("一"), rig.filed("二");
  rig.filed("不给他看", {rig.officers[0].unlocked.officer});
  const auto after = renewed();
  ASSERT_TRUE(replace(after));
  EXPECT_EQ(readable_by(after), 2u);
  EXPECT_EQ(rig.desk.list(rig.officers[0].unlocked).error().code, Code::not_an_officer);
  EXPECT_EQ(wraps_of(rig.officers[0]), 0u);
  EXPECT_EQ(readable_by(rig.officers[1]), 3u);
}

TEST_F(Rotation, what_was_signed_with_the_old_key_is_still_proven_beside_what_the_new_one_signs) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge", "旧密钥签名"));
  auto after = renewed();
  ASSERT_TRUE(replace(after));
  rig.officers[0] = std::move(after);
  ASSERT_TRUE(rig.act("say", "新密钥签名"));
  for (size_t who : {0, 1}) {
    const auto view = rig.desk.read(rig.officers[who].unlocked, rig.only_report()).value();
    EXPECT_EQ(view.said.size(), 3u);
    EXPECT_EQ(view.unproven, 0);
  }
  EXPECT_EQ(rig.source.look(rig.source.keys_of(receipt.code)).value().said.size(), 3u);
}

TEST_F(Rotation, a_key_that_never_stood_on_a_roster_proves_nothing) {
  rig.filed();
  const auto never = renewed();
  StoredReport stored;
  rig.store->read([&](IntakeReader& reader) { stored = reader.reports().at(0); });
  StoredWrap wrap;
  const std::string own = key_id_of(rig.officers[0].unlocked.keys.reading.public_key());
  rig.store->read([&](IntakeReader& reader) { wrap = reader.wraps_of_key(own).at(0); });
  auto secret = report::secret_for_reader("office", wrap, rig.officers[0].unlocked.keys.reading);
  const auto thread = report::Thread::open("office", stored, std::move(*secret)).value();
  const auto item = thread.say_as_officer(stored, {"text", "2026-03-02", {{"text", "x"}}}, never.unlocked.officer,
                                          never.unlocked.keys.signing, rig.random);
  rig.store->write([&](IntakeWriter& writer) { writer.put(stored), writer.add(*item); });
  EXPECT_EQ(rig.desk.read(rig.officers[0].unlocked, rig.only_report()).value().unproven, 1);
}

TEST_F(Rotation, open_reports_get_a_fresh_secret_with_the_next_sealing) {
  rig.filed();
  const auto after = renewed();
  ASSERT_TRUE(replace(after));
  EXPECT_EQ(rig.desk.seal_to_roster(after.unlocked).value().rekeyed, 1);
}

struct Step {
  const char* name;
  CrashingStore::At at;
  bool is_done;  // the new keys are in force
};

// Until the commit nothing has happened; from then on all has. In either case the same again mends it.
TEST_F(Rotation, a_crash_at_any_step_leaves_the_old_keys_or_the_new_ones_in_force_and_is_mended_by_running_it_again) {
  rig.filed();
  for (const Step& step : {Step{"before the commit", CrashingStore::At::before_commit, false},
                           Step{"after it, before the epoch is raised", CrashingStore::At::after_commit, true}}) {
    SCOPED_TRACE(step.name);
    auto after = renewed();
    store.at = step.at;
    EXPECT_THROW((void)replace(after), Crash);
    store.at = CrashingStore::At::nowhere;
    if (step.is_done) std::swap(rig.officers[0], after);
    EXPECT_EQ(readable_by(rig.officers[0]), 1u) << "whoever is in force reads at once";
    EXPECT_EQ(readable_by(after), 0u);
    EXPECT_EQ(wraps_of(after), 0u);
    EXPECT_EQ(readable_by(rig.officers[1]), 1u);
    rig.filed("在崩溃之后");
    auto again = renewed();
    ASSERT_TRUE(replace(again));
    rig.officers[0] = std::move(again);
    EXPECT_EQ(readable_by(rig.officers[0]), 2u);
    rig.store->write([&](IntakeWriter& writer) { writer.erase_report(writer.reports().back().id); });
  }
}

TEST_F(Rotation, after_a_crash_the_lead_can_as_well_sign_a_roster_of_those_who_are_enrolled) {
  rig.filed();
  auto after = renewed();
  store.at = CrashingStore::At::after_commit;
  EXPECT_THROW((void)replace(after), Crash);
  store.at = CrashingStore::At::nowhere;
  rig.officers[0] = std::move(after);
  ASSERT_TRUE(rosters.accept(sign({rig.row(rig.officers[0]), rig.row(rig.officers[1])}).value()));
  EXPECT_EQ(readable_by(rig.officers[0]), 1u);
  EXPECT_EQ(readable_by(rig.officers[1]), 1u);
}

TEST_F(Rotation, changes_nothing_when_the_lead_does_not_sign_or_another_one_does) {
  rig.filed();
  const auto after = renewed();
  sign = [](const auto&) -> Result<StoredRoster> { return refuse(Code::signing_failed); };
  EXPECT_EQ(replace(after).error().code, Code::signing_failed);
  rig.lead = PrivateKey::generate(KeyType::ed25519);
  sign = [this](const auto&) { return Result<StoredRoster>(rig.signed_roster(rig.officers, 9, rig.lead)); };
  EXPECT_EQ(replace(after).error().code, Code::roster_refused);
  EXPECT_EQ(readable_by(rig.officers[0]), 1u);
  EXPECT_EQ(wraps_of(after), 0u);
}

TEST_F(Rotation, is_for_whoever_is_on_the_roster_with_these_keys) {
  const auto stranger = rig.officer("外人");
  EXPECT_EQ(report::replace_keys(intake, stranger.unlocked, stored(stranger), sign).error().code, Code::not_an_officer);
  const auto after = renewed();
  ASSERT_TRUE(replace(after));
  EXPECT_EQ(replace(renewed()).error().code, Code::not_an_officer) << "the old keys are none any more";
}

TEST_F(Rotation, keeps_the_passphrase_and_gives_another_recovery_key) {
  report::Officers officers(intake);
  const auto enrolled = officers.enrol("account", "许静", "a long passphrase").value();
  auto before = officers.unlock("account", "a long passphrase").value();
  rig.officers.push_back({"许静", std::move(before)});
  rig.sign_roster(rig.officers);
  rig.filed();
  EXPECT_EQ(officers.rotate("account", "another passphrase", sign).error().code, Code::passphrase_wrong);
  EXPECT_EQ(officers.rotate("nobody", "a long passphrase", sign).error().code, Code::not_an_officer);
  const auto recovery = officers.rotate("account", "a long passphrase", sign);
  ASSERT_TRUE(recovery);
  const auto after = officers.unlock("account", "a long passphrase").value();
  EXPECT_EQ(after.officer, enrolled.officer);
  EXPECT_EQ(rig.desk.list(after).value().size(), 1u);
  const std::string old_key(enrolled.recovery.text().view()), new_key(recovery->text().view());
  EXPECT_EQ(officers.recover("account", old_key, "a third passphrase").error().code, Code::passphrase_wrong);
  EXPECT_TRUE(officers.recover("account", new_key, "a third passphrase"));
}

}  // namespace
}  // namespace sparkgate
