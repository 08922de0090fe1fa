// People's signatures within a bundle, by keys whose whole rings are in it.
#include <gtest/gtest.h>

#include "tests/support/evidence_desk.h"
#include "tests/support/signing_desk.h"

namespace sparkgate::evidence {
namespace {

using test::archive_of;
using test::EvidenceDesk;
using test::judge;
using test::outcome;
using test::SigningDesk;
using test::SigningKey;
using test::Town;

// A supervisor's key, endorsed by the administrator's, signs an approval.
struct Signed {
  Town town;
  SigningDesk signing{town};
  EvidenceDesk desk{town};
  SigningKey admin, supervisor;
  std::string id, ring;
  Signed() : id(town.draft()) {
    signing.enrol("admin", admin);
    ring = signing.enrol("supervisor1", supervisor);
    signing.endorse("admin", admin, ring, supervisor);
    town.lead(id, "UnderReview");
    town.must("site_owner", id, "consent", town.payload(id, "consent"));
    const auto approved = signing.sign({"supervisor1", id, "approve", town.payload(id, "approve")}, supervisor);
    if (!approved) throw std::runtime_error(describe(approved.error()));
    desk.record_heads();
  }
  Trust trust() const {
    Trust out = desk.trust();
    out.enrollers = {admin.kid()};
    out.enrollers_needed = 1;
    return out;
  }
  std::string judged(const Bundle& bundle) const { return outcome(judge(archive_of(bundle), trust())); }
  bool says(const Bundle& bundle, const char* what) const { return judged(bundle).find(what) != std::string::npos; }
};

TEST(BundlePeople, a_signed_approval_is_good_by_keys_that_those_given_enrolled) {
  const Signed s;
  const auto verdict = judge(archive_of(s.desk.bundle(s.id)), s.trust());
  EXPECT_EQ(outcome(verdict), "valid complete; timestamp not_checked authority_absent");
  Json codes = Json::array();
  for (const Step step : {Step::signatures, Step::keys}) {
    for (const Remark& remark : verdict->remarks(step)) {
      codes.push_back(all_words()[static_cast<size_t>(remark.word)].name);
    }
  }
  EXPECT_EQ(codes, Json({"signatures_valid", "unsigned_entries", "keys_enrolled"}));
}

TEST(BundlePeople, without_enrollers_the_log_alone_vouches_and_a_stranger_does_not_help) {
  const Signed s;
  Trust trust = s.trust();
  const std::string archive = archive_of(s.desk.bundle(s.id));
  trust.enrollers.clear();
  EXPECT_NE(outcome(judge(archive, trust)).find("keys not_checked enrollers_absent"), std::string::npos);
  trust.enrollers = {SigningKey().kid()};
  EXPECT_NE(outcome(judge(archive, trust)).find("keys failed key_not_enrolled"), std::string::npos);
  trust.enrollers = {s.admin.kid()};
  trust.enrollers_needed = 2;
  EXPECT_NE(outcome(judge(archive, trust)).find("keys failed key_not_enrolled"), std::string::npos);
}

TEST(BundlePeople, a_ring_that_is_cut_or_gone_does_not_pass) {
  const Signed s;
  const Bundle good = s.desk.bundle(s.id);
  const std::string folder = std::string(k_keys) + s.ring;
  Bundle gone = good;
  gone.chains.erase(folder);
  EXPECT_TRUE(s.says(gone, "signatures failed person_signature_wrong")) << s.judged(gone);
  Bundle cut = good;
  cut.chains[folder].erase(std::prev(cut.chains[folder].end()));  // the endorsement
  EXPECT_TRUE(s.says(cut, "signatures failed")) << s.judged(cut);
  EXPECT_TRUE(s.says(cut, "ring_not_whole")) << s.judged(cut);
}

TEST(BundlePeople, personal_parts_take_their_signatures_along) {
  const Signed s;
  const Bundle bundle = s.desk.bundle(s.id, Wanted{false});
  EXPECT_TRUE(s.judged(bundle).starts_with("structure_valid complete")) << s.judged(bundle);
  EXPECT_TRUE(s.says(bundle, "signatures erased signatures_erased")) << s.judged(bundle);
}

}  // namespace
}  // namespace sparkgate::evidence
