// Timestamps within a bundle, and permits whose life began in an older log.
#include <gtest/gtest.h>

#include "admin/log_keeper.h"
#include "certs/timestamp.h"
#include "engine/journal/add_checkpoint.h"
#include "engine/log_reader.h"
#include "tests/support/evidence_desk.h"
#include "tests/support/timestamp_authority.h"

namespace sparkgate::evidence {
namespace {

using test::archive_of;
using test::EvidenceDesk;
using test::judge;
using test::outcome;
using test::TimestampAuthority;
using test::Town;

Stamp stamp(Town& town, const TimestampAuthority& authority, const SignedCheckpoint& stamped, const Bundle& bundle) {
  const auto reader = town.engine().read();
  const SignedPtr latest = town.engine().latest_checkpoint();
  const auto way = LogReader(*reader, reader->logs().back())
                       .consistency(stamped.checkpoint.size, latest->checkpoint.size)
                       .value();
  return {authority.reply(timestamp_request(stamped.note, town.engine().random())), stamped.note,
          journal::add_checkpoint_text({stamped.checkpoint.size, way, bundle.checkpoint})};
}

TEST(BundleTimestamps, show_since_when_entries_exist) {
  if (!TimestampAuthority::possible()) GTEST_SKIP() << "there is no openssl command";
  const TimestampAuthority authority;
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  const SignedCheckpoint early = desk.checkpoint();
  town.must("applicant", id, "submit");
  Bundle bundle = desk.bundle(id);
  Trust trust = desk.trust();
  trust.authorities = authority.ca_pem();
  const auto judged = [&] { return judge(archive_of(bundle), trust); };
  EXPECT_NE(outcome(judged()).find("timestamp failed timestamp_absent"), std::string::npos) << outcome(judged());
  bundle.stamps[0] = stamp(town, authority, early, bundle);
  ASSERT_TRUE(outcome(judged()).starts_with("valid complete")) << outcome(judged());
  const Remark said = judged()->remarks(Step::timestamp).front();
  EXPECT_EQ(said.word, Word::stamped);
  EXPECT_EQ(said.details.at("count"), 1) << "the draft alone";

  const Stamp good = bundle.stamps[0];
  bundle.stamps[0].checkpoint = desk.checkpoint().note;  // another than was stamped
  EXPECT_NE(outcome(judged()).find("timestamp_wrong"), std::string::npos) << outcome(judged());
  bundle.stamps[0] = good;
  bundle.stamps[0].consistency[4] ^= 1;
  EXPECT_NE(outcome(judged()).find("timestamp_elsewhere"), std::string::npos) << outcome(judged());
  bundle.stamps[0] = good;
  bundle.stamps[0].response[bundle.stamps[0].response.size() / 2] ^= 1;
  EXPECT_NE(outcome(judged()).find("timestamp_wrong"), std::string::npos) << outcome(judged());
}

TEST(BundleTimestamps, come_from_the_store_the_first_for_each_entry) {
  if (!TimestampAuthority::possible()) GTEST_SKIP() << "there is no openssl command";
  const TimestampAuthority authority;
  Town town;
  EvidenceDesk desk(town);
  const auto stamp_now = [&] {
    const SignedPtr now = town.engine().latest_checkpoint();
    const std::string reply = authority.reply(timestamp_request(now->note, town.engine().random()));
    ASSERT_TRUE(town.engine().write([&](Writer& writer) {
      writer.put_checkpoint(0, now->checkpoint.size, now->note);
      writer.put_anchor(0, now->checkpoint.size, {std::string(k_timestamp), "tsa", reply, town.clock.wall()});
    }));
  };
  stamp_now();  // before the permit: not needed
  const std::string id = town.draft();
  stamp_now();
  const std::string draft_alone = town.engine().latest_checkpoint()->note;
  const std::string other = town.draft();
  stamp_now();  // covers no further entry of the permit
  town.must("applicant", id, "submit");
  stamp_now();
  const std::string both = town.engine().latest_checkpoint()->note;
  town.must("applicant", id, "withdraw");  // not stamped yet
  const Bundle bundle = desk.bundle(id);
  ASSERT_EQ(bundle.stamps.size(), 2u);
  EXPECT_EQ(bundle.stamps.at(0).checkpoint, draft_alone);
  EXPECT_EQ(bundle.stamps.at(1).checkpoint, both);
  Trust trust = desk.trust();
  trust.authorities = authority.ca_pem();
  const auto verdict = judge(archive_of(bundle), trust);
  ASSERT_TRUE(outcome(verdict).starts_with("valid complete")) << outcome(verdict);
  EXPECT_EQ(verdict->remarks(Step::timestamp).front().details.at("count"), 3) << "of four: create, submit, qualify";
}

TEST(BundleLogs, a_life_that_crosses_into_another_log_verifies_with_both_keys) {
  Town town;
  EvidenceDesk desk(town);
  const std::string id = town.draft();
  Trust trust = desk.trust();
  const auto continued = admin::continue_log(town.engine(), "test/town/2", town.log_key.vkeys());
  ASSERT_TRUE(continued) << describe(continued.error());
  town.lead(id, "Closed");
  Bundle bundle = desk.bundle(id);
  trust.logs.push_back(desk.log_key());
  const auto judged = [&] { return outcome(judge(archive_of(bundle), trust)); };
  EXPECT_TRUE(judged().starts_with("valid complete")) << judged();
  const Bundle good = bundle;
  bundle.chains.erase("log");
  EXPECT_NE(judged().find("inclusion failed proof_of_other_checkpoint"), std::string::npos) << judged();
  bundle = good;
  trust.logs.erase(trust.logs.begin());
  EXPECT_NE(judged().find("log_signature failed checkpoint_unsigned"), std::string::npos) << judged();
}

}  // namespace
}  // namespace sparkgate::evidence
