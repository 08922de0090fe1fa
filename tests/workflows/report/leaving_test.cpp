// Officers who leave the roster: what was sealed to them goes, and what they may have kept reads nothing new.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"

namespace sparkgate {
namespace {

using test::IntakeRig;

struct Leaving : testing::Test {
  IntakeRig rig;
  IntakeRig::Officer left;

  Leaving() : left(rig.officer("无人")) {}

  // The first officer leaves, somebody else comes.
  void leave() {
    left = std::move(rig.officers[0]);
    rig.officers[0] = rig.officer("接替的");
    rig.sign_roster(rig.officers);
  }
  std::vector<StoredWrap> wraps() {
    std::vector<StoredWrap> out;
    const std::string id = rig.only_report();
    rig.store->read([&](IntakeReader& reader) { out = reader.wraps_of_report(id); });
    return out;
  }
  static std::string key_of(const IntakeRig::Officer& officer) {
    return key_id_of(officer.unlocked.keys.reading.public_key());
  }
  bool is_sealed_to(const IntakeRig::Officer& officer) {
    const auto all = wraps();
    return std::any_of(all.begin(), all.end(), [&](const auto& wrap) { return wrap.key_id == key_of(officer); });
  }
  StoredReport stored() {
    StoredReport out;
    const std::string id = rig.only_report();
    rig.store->read([&](IntakeReader& reader) { out = reader.report(id).value(); });
    return out;
  }
  std::vector<StoredItem> items() {
    std::vector<StoredItem> out;
    const std::string id = rig.only_report();
    rig.store->read([&](IntakeReader& reader) { out = reader.items(id); });
    return out;
  }
  // What an officer could have written down while it could read.
  report::Thread kept_by(const IntakeRig::Officer& officer) {
    const auto all = wraps();
    const auto own = std::find_if(all.begin(), all.end(), [&](const auto& w) { return w.key_id == key_of(officer); });
    auto secret = report::secret_for_reader("office", *own, officer.unlocked.keys.reading);
    return report::Thread::open("office", stored(), std::move(*secret)).value();
  }
  report::Sealings seal(size_t who = 1) { return rig.desk.seal_to_roster(rig.officers[who].unlocked).value(); }
  bool lies_in_the_store(std::string_view bytes) {
    for (const auto& entry : std::filesystem::directory_iterator(rig.folder.path() / "intake")) {
      std::ifstream in(entry.path(), std::ios::binary);
      if (std::string(std::istreambuf_iterator<char>(in), {}).find(bytes) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(Leaving, takes_the_wraps_away_with_the_roster_itself) {
  rig.filed();
  const std::string sealed = wraps()[0].key_id == key_of(rig.officers[0]) ? wraps()[0].sealed : wraps()[1].sealed;
  ASSERT_TRUE(lies_in_the_store(sealed));
  leave();
  EXPECT_EQ(wraps().size(), 1u);
  EXPECT_TRUE(is_sealed_to(rig.officers[1]));
  EXPECT_FALSE(lies_in_the_store(sealed)) << "also of the file";
}

TEST_F(Leaving, reads_nothing_more_although_a_wrap_was_put_back_and_the_next_roster_removes_it_again) {
  rig.filed();
  const auto before = wraps();
  leave();
  rig.store->write([&](IntakeWriter& writer) { for (const StoredWrap& wrap : before) writer.put(wrap); });
  EXPECT_TRUE(is_sealed_to(left));
  EXPECT_EQ(rig.desk.list(left.unlocked).error().code, Code::not_an_officer);
  rig.sign_roster(rig.officers);
  EXPECT_FALSE(is_sealed_to(left));
}

TEST_F(Leaving, a_roster_that_is_refused_takes_nothing_away) {
  rig.filed();
  const auto foreign = rig.signed_roster({}, 7, PrivateKey::generate(KeyType::ed25519));
  EXPECT_EQ(rig.rosters.accept(foreign).error().code, Code::roster_refused);
  EXPECT_EQ(wraps().size(), 2u);
}

TEST_F(Leaving, with_the_secret_written_down_reads_what_was_said_before_and_nothing_after) {
  const auto receipt = rig.filed("之前");
  const report::Thread kept = kept_by(rig.officers[0]);
  leave();
  const auto made = seal();
  EXPECT_EQ(made.rekeyed, 1);
  EXPECT_EQ(made.sealed, 1) << "to whoever came";
  ASSERT_TRUE(rig.source.act(rig.source.keys_of(receipt.code), "answer", "之后"));
  ASSERT_TRUE(rig.act("acknowledge", "已受理", 1));
  int unproven = 0;
  EXPECT_TRUE(kept.read(items(), rig.rosters.signing_keys(), unproven).empty());
  EXPECT_EQ(unproven, 3);
  EXPECT_FALSE(report::Thread::open("office", stored(), X25519Key::from_secret(kept.secret().secret().view()).value()));
}

TEST_F(Leaving, the_others_and_the_source_read_on_all_that_was_said_and_sent) {
  const auto receipt = rig.filed("之前");
  const auto keys = rig.source.keys_of(receipt.code);
  const auto file = rig.source.begin_file(keys).value();
  NewFile out = rig.intake.files.begin(file.name).value();
  SealedFileWriter writer(file.key, file.place, [&](std::string_view sealed) { ASSERT_TRUE(out.write(sealed)); });
  writer.write("a picture"), writer.finish();
  ASSERT_TRUE(out.keep());
  ASSERT_TRUE(rig.source.end_file(keys, file, {"a.jpg", "image/jpeg", "jpeg", 9, {}}));
  ASSERT_TRUE(rig.act("acknowledge", "已受理", 0)) << "by whoever leaves";
  const auto bodies = items();
  leave();
  ASSERT_EQ(seal().rekeyed, 1);
  ASSERT_TRUE(rig.source.act(keys, "answer", "之后"));
  for (size_t who : {0, 1}) {
    const auto view = rig.desk.read(rig.officers[who].unlocked, rig.only_report()).value();
    EXPECT_EQ(view.said.size(), 4u);
    EXPECT_EQ(view.unproven, 0);
    std::string bytes;
    const auto sink = [&](std::string_view part) { bytes.append(part); };
    EXPECT_TRUE(rig.desk.open_file(rig.officers[who].unlocked, rig.only_report(), 1, sink));
    EXPECT_EQ(bytes, "a picture");
  }
  EXPECT_EQ(rig.source.look(keys).value().said.size(), 4u);
  for (size_t i = 0; i < bodies.size(); ++i) {
    EXPECT_EQ(items()[i].body, bodies[i].body);
    EXPECT_EQ(items()[i].proof, bodies[i].proof);
    EXPECT_FALSE(lies_in_the_store(bodies[i].key_sealed)) << "sealed to the secret that is gone";
  }
}

TEST_F(Leaving, changes_secrets_once_and_of_no_report_that_came_later_or_has_ended) {
  rig.filed("已结");
  ASSERT_TRUE(rig.act("acknowledge", "", 1));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火", 1));
  rig.looked_at.clear();
  leave();
  rig.filed("新的");
  EXPECT_EQ(seal().rekeyed, 0);
  rig.sign_roster(rig.officers);
  EXPECT_EQ(seal().rekeyed, 0) << "nobody left with this one";
}

TEST_F(Leaving, once_the_secrets_were_changed_they_stay_until_somebody_else_leaves) {
  rig.filed();
  leave();
  EXPECT_EQ(seal().rekeyed, 1);
  EXPECT_EQ(seal().rekeyed, 0);
  rig.sign_roster(rig.officers);
  EXPECT_EQ(seal().rekeyed, 0);
  leave();
  EXPECT_EQ(seal().rekeyed, 1);
}

TEST_F(Leaving, a_report_that_was_ended_is_rekeyed_once_it_is_open_again) {
  const auto receipt = rig.filed();
  ASSERT_TRUE(rig.act("acknowledge", "", 1));
  ASSERT_TRUE(rig.act("dismiss", "不属于动火", 1));
  leave();
  EXPECT_EQ(seal().rekeyed, 0);
  ASSERT_TRUE(rig.source.act(rig.source.keys_of(receipt.code), "object", "就是电焊"));
  EXPECT_EQ(seal().rekeyed, 1);
  EXPECT_EQ(rig.source.look(rig.source.keys_of(receipt.code)).value().said.size(), 3u);
}

TEST_F(Leaving, whom_the_source_left_out_is_left_out_of_the_fresh_secret_too) {
  rig.officers.push_back(rig.officer("第三人"));
  rig.sign_roster(rig.officers);
  rig.filed("举报第三人", {rig.officers[2].unlocked.officer});
  leave();
  const auto made = seal();
  EXPECT_EQ(made.rekeyed, 1);
  EXPECT_EQ(made.sealed, 1);
  EXPECT_FALSE(is_sealed_to(rig.officers[2]));
  EXPECT_TRUE(is_sealed_to(rig.officers[0]));
}

// It names whom the source left out, and the key to which the secret is sealed for the source.
TEST_F(Leaving, a_report_whose_first_item_was_altered_is_sealed_to_nobody_else_and_keeps_its_secret) {
  rig.filed();
  leave();
  const StoredReport before = stored();
  rig.store->write([&](IntakeWriter& writer) {
    std::string key = writer.items(before.id)[0].key_sealed;
    key.back() ^= 1;
    writer.reseal_item(before.id, 0, key);
  });
  const auto made = seal();
  EXPECT_EQ(made.rekeyed + made.sealed, 0);
  EXPECT_EQ(stored(), before);
}

TEST_F(Leaving, nothing_is_changed_of_any_report_when_the_store_fails_on_the_way) {
  const auto first = rig.filed("一"), second = rig.filed("二");
  leave();
  const auto all = [&] {
    std::vector<StoredReport> out;
    rig.store->read([&](IntakeReader& reader) { out = reader.reports(); });
    return out;
  };
  const auto before = all();
  const auto access = report::OfficerAccess::admit(rig.intake, rig.officers[1].unlocked).value();
  report::Sealer sealer(rig.intake, access);
  EXPECT_THROW(rig.store->write([&](IntakeWriter& writer) {
    auto opened = access.all(writer);
    sealer.seal(writer, opened[0]);
    throw std::runtime_error("test");
  }), std::runtime_error);
  EXPECT_EQ(all(), before);
  EXPECT_EQ(seal().rekeyed, 2);
  for (const auto& receipt : {&first, &second}) EXPECT_TRUE(rig.source.look(rig.source.keys_of(receipt->code)));
}

TEST_F(Leaving, a_roster_that_was_stored_before_a_crash_raises_the_epoch_when_it_is_next_asked_for) {
  const auto next = rig.signed_roster(rig.officers, ++rig.epoch, rig.lead);
  rig.store->write([&](IntakeWriter& writer) { writer.add(next); });  // and then the crash
  const report::EpochFile file(rig.folder.path() / "epoch");
  EXPECT_EQ(file.highest().value(), rig.epoch - 1);
  EXPECT_EQ(rig.rosters.next_epoch().value(), rig.epoch + 1);
  EXPECT_TRUE(rig.rosters.current());
  EXPECT_EQ(file.highest().value(), rig.epoch);
}

TEST_F(Leaving, a_new_lead_s_first_roster_counts_as_if_somebody_had_left) {
  rig.filed();
  rig.lead = PrivateKey::generate(KeyType::ed25519);
  ASSERT_TRUE(rig.lead_file.put(rig.lead.public_key()));
  rig.sign_roster(rig.officers);
  EXPECT_EQ(seal().rekeyed, 1);
}

}  // namespace
}  // namespace sparkgate
