// Whoever writes to the database adds a reader, brings back an old roster, takes one office's reports to another: it
// reads nothing, and no report is sealed to it.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/intake_rig.h"
#include "tests/support/raw_database.h"

namespace sparkgate::test {
namespace {

struct ForgedRoster : testing::Test {
  IntakeRig rig;
  IntakeRig::Officer intruder = rig.officer("不速之客");

  // Rows as an intruder puts them there; what was there comes back afterwards.
  void with_rosters(const std::vector<StoredRoster>& rows, const std::function<void()>& work) {
    RawDatabase database(rig.folder.path() / "intake" / "reports.db");
    const auto before = database.rows("rosters");
    database.run("DELETE FROM rosters");
    for (const StoredRoster& row : rows) {
      ASSERT_TRUE(database.insert("rosters", {{Value::Kind::integer, row.epoch, ""},
                                              {Value::Kind::text, 0, row.text},
                                              {Value::Kind::blob, 0, row.signature}}));
    }
    work();
    database.run("DELETE FROM rosters");
    for (const RawRow& row : before) ASSERT_TRUE(database.insert("rosters", row));
  }

  std::vector<StoredRoster> stored() {
    std::vector<StoredRoster> out;
    rig.store->read([&](IntakeReader& reader) { out = reader.rosters(); });
    return out;
  }

  bool is_sealed_to_intruder() {
    std::vector<StoredWrap> wraps;
    const std::string key = key_id_of(intruder.unlocked.keys.reading.public_key());
    rig.store->read([&](IntakeReader& reader) { wraps = reader.wraps_of_key(key); });
    return !wraps.empty();
  }

  void expect_nothing_read(const std::string& what) {
    const auto filed = rig.source.file({"other", "", "东门", "", "words", {}});
    EXPECT_TRUE(filed || filed.error().code == Code::intake_closed) << what;
    EXPECT_FALSE(rig.desk.seal_to_roster(rig.officers[0].unlocked) && is_sealed_to_intruder()) << what;
    EXPECT_FALSE(is_sealed_to_intruder()) << what;
    EXPECT_FALSE(rig.desk.list(intruder.unlocked)) << what;
    EXPECT_FALSE(rig.desk.read(intruder.unlocked, rig.only_report())) << what;
    ++tried;
  }
  int tried = 0;
};

std::string with_text(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  if (at == text.npos) throw std::logic_error("no such text: " + from);
  return text.replace(at, from.size(), to);
}

TEST_F(ForgedRoster, adds_no_reader_whichever_way_it_is_put_there) {
  rig.filed();
  const StoredRoster old = stored().back();  // epoch 1
  rig.sign_roster(rig.officers);
  const StoredRoster good = stored().back();  // epoch 2
  const PrivateKey other = PrivateKey::generate(KeyType::ed25519);
  std::vector<IntakeRig::Officer> all;
  all.push_back(std::move(intruder));
  all.push_back(rig.officer("another"));
  const StoredRoster foreign = rig.signed_roster(all, 3, other);
  intruder = std::move(all[0]);
  const std::string own_key = base64(rig.officers[0].unlocked.keys.reading.public_key());
  const std::string intruders = base64(intruder.unlocked.keys.reading.public_key());
  const std::string keyed = with_text(good.text, own_key, intruders);
  const std::string named = with_text(good.text, rig.officers[0].unlocked.officer, intruder.unlocked.officer);
  const StoredRoster forged[] = {foreign,
                                 {9, foreign.text, good.signature},
                                 {9, good.text, foreign.signature},
                                 {9, keyed, good.signature},
                                 {9, named, good.signature},
                                 {9, keyed, ""},
                                 {9, keyed, std::string(64, '\0')},
                                 {9, keyed, good.signature + good.signature},
                                 {9, old.text, old.signature},
                                 {9, with_text(old.text, "\"epoch\":1", "\"epoch\":9"), old.signature},
                                 {9, good.text + " ", good.signature},
                                 {9, "", ""},
                                 {9, "{}", good.signature},
                                 {9, std::string(100'000, '['), good.signature}};
  for (const StoredRoster& row : forged) {
    with_rosters({old, good, row}, [&] { expect_nothing_read("beside the good ones: " + row.text.substr(0, 40)); });
    with_rosters({row}, [&] { expect_nothing_read("instead of them: " + row.text.substr(0, 40)); });
    with_rosters({{1, row.text, row.signature}, good}, [&] { expect_nothing_read("as the first"); });
    EXPECT_FALSE(rig.rosters.accept(row)) << row.text.substr(0, 40);
  }
  with_rosters({old}, [&] {
    expect_nothing_read("the old one alone");
    EXPECT_EQ(rig.rosters.current().error().code, Code::intake_closed) << "there was a newer one";
  });
  with_rosters({}, [&] { expect_nothing_read("none at all"); });
  EXPECT_TRUE(rig.rosters.current());
  std::printf("%d forged and replayed rosters, none added a reader\n", tried);
}

TEST_F(ForgedRoster, an_officer_s_row_with_other_keys_opens_no_report) {
  rig.filed();
  const auto& keys = intruder.unlocked.keys;
  const auto& victim = rig.officers[0].unlocked;
  rig.store->write([&](IntakeWriter& writer) {
    writer.put(StoredOfficer{victim.officer, "account", "x", keys.reading.public_key(), keys.signing.public_key(),
                             "wrap", "wrap"});
  });
  // As who has unlocked that row: the victim's id, each mixture of keys.
  const auto copy = [](const auto& key) {
    return std::decay_t<decltype(key)>::from_secret(key.secret().view()).value();
  };
  const report::Unlocked forged[] = {
      {victim.officer, {copy(keys.reading), copy(keys.signing)}},
      {victim.officer, {copy(victim.keys.reading), copy(keys.signing)}},
      {victim.officer, {copy(keys.reading), copy(victim.keys.signing)}},
      {intruder.unlocked.officer, {copy(victim.keys.reading), copy(victim.keys.signing)}}};
  for (const report::Unlocked& one : forged) {
    EXPECT_EQ(rig.desk.list(one).error().code, Code::not_an_officer);
    EXPECT_EQ(rig.desk.read(one, rig.only_report()).error().code, Code::not_an_officer);
    EXPECT_FALSE(rig.desk.act(one, rig.only_report(), {"acknowledge", "", ""}));
    EXPECT_FALSE(rig.desk.seal_to_roster(one));
  }
  std::printf("%zu mixtures of an officer's row and keys, none admitted\n", std::size(forged));
}

// The same database, lead, officers and receipt codes under another office's name.
TEST(AnotherOffice, reads_nothing_of_reports_that_were_brought_there) {
  IntakeRig rig;
  const auto receipt = rig.filed();
  const std::string id = rig.only_report();
  const auto intake_of = [&](const std::string& tenant, const report::Rosters& rosters, const std::string& salt,
                             const char* pepper) {
    return report::Intake{*rig.store,
                          rosters,
                          rig.clock,
                          rig.random,
                          tenant,
                          salt,
                          SecretBytes::copy_of({pepper}),
                          BlobFolder(rig.folder.path() / "files"),
                          rig.intake.today,
                          rig.intake.works_on};
  };
  struct Other {
    const char *tenant, *salt, *pepper;
    bool officers_read;
  };
  for (const Other& other :
       {Other{"another", "salt of the office", "pepper", false}, Other{"office", "another salt", "pepper", true},
        Other{"office", "salt of the office", "another pepper", true}}) {
    report::Intake intake = intake_of(other.tenant, rig.rosters, other.salt, other.pepper);
    report::SourceDesk source(intake);
    EXPECT_EQ(source.look(source.keys_of(receipt.code)).error().code, Code::receipt_unknown) << other.tenant;
    report::OfficerDesk desk(intake);
    EXPECT_EQ(desk.read(rig.officers[0].unlocked, id).has_value(), other.officers_read) << other.tenant;
  }
  const report::Rosters elsewhere(*rig.store, rig.clock, "another", rig.lead_file,
                                  report::EpochFile(rig.folder.path() / "epoch"));
  EXPECT_FALSE(elsewhere.current()) << "a roster is one office's";
}

}  // namespace
}  // namespace sparkgate::test
