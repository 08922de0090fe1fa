// Offline: what the log alone tells about signatures and keys.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/signing_desk.h"

namespace sparkgate::signing {
namespace {

using journal::Logged;
using test::Act;
using test::SigningDesk;
using test::SigningKey;
using test::Town;

const char* name_of(Standing standing) {
  constexpr const char* k_names[] = {"unsigned", "valid", "erased", "wrong"};
  return k_names[static_cast<size_t>(standing)];
}

std::string said(const Verdict& verdict) {
  if (!verdict.objection) return name_of(verdict.standing);
  return std::string(name_of(verdict.standing)) + ": " + std::string(refusal_row(verdict.objection->code).name);
}

// A permit approved by a signature of `kind`, with the rings of its signer and of the administrator.
class Verdicts : public testing::TestWithParam<const char*> {
 protected:
  Verdicts() {
    admin_ring = desk.enrol("admin", admin_key);
    ring = desk.enrol("supervisor1", key);
    desk.endorse("admin", admin_key, ring, key);
    id = town.draft();
    town.lead(id, "UnderReview");
    town.must("site_owner", id, "consent", town.payload(id, "consent"));
    Json payload = town.payload(id, "approve");
    payload["opinion"] = "同意";
    const auto done = desk.sign({"supervisor1", id, "approve", payload}, key);
    if (!done) throw std::runtime_error(describe(done.error()));
  }

  KeyBook book() {
    KeyBook out(test::k_passkeys);
    for (const std::string& one : {admin_ring, ring}) {
      const auto added = out.add_ring(desk.entries(one));
      if (!added) throw std::runtime_error(describe(added.error()));
    }
    return out;
  }
  SigningDesk::Told approval() { return desk.told(id).back(); }
  std::string judged(const SigningDesk::Told& told) {
    KeyBook keys = book();
    return judged(keys, told);
  }
  static std::string judged(KeyBook& keys, const SigningDesk::Told& told) {
    return said(keys.judge(told.entry, told.terms, told.person));
  }

  Town town;
  SigningDesk desk{town};
  SigningKey admin_key, key{GetParam()};
  std::string admin_ring, ring, id;
};

class OfEveryKind : public Verdicts {};
INSTANTIATE_TEST_SUITE_P(Kinds, OfEveryKind, testing::Values("p256", "passkey", "sm2"));
class OfP256 : public Verdicts {};
INSTANTIATE_TEST_SUITE_P(Kinds, OfP256, testing::Values("p256"));

TEST_P(OfEveryKind, whole_permit_and_its_keys_verify_from_their_entries_alone) {
  KeyBook keys = book();
  const auto story = [&](const std::string& of) {
    std::string out;
    for (const SigningDesk::Told& told : desk.told(of)) out += told.entry.head.type + " " + judged(keys, told) + ", ";
    return out;
  };
  const std::string permit = story(id), rings = story(admin_ring) + story(ring);
  EXPECT_EQ(permit, "create unsigned, submit unsigned, qualify unsigned, consent unsigned, approve valid, ");
  EXPECT_EQ(rings, "enrol valid, enrol valid, endorse valid, ");
}

TEST_P(OfEveryKind, key_is_trusted_by_the_verifier_s_roots_alone) {
  const KeyBook keys = book();
  const int64_t approved = approval().entry.index;
  const auto trusted = [&](const std::set<std::string>& roots, size_t needed) {
    return keys.chains(roots, needed).at(key.kid()).was_trusted(approved);
  };
  EXPECT_TRUE(trusted({admin_key.kid()}, 1));
  EXPECT_FALSE(trusted({}, 1)) << "the log's own word for its root is not enough";
  EXPECT_FALSE(trusted({SigningKey().kid()}, 1));
  EXPECT_FALSE(trusted({admin_key.kid()}, 2)) << "one enroller where two are asked for";
  EXPECT_TRUE(trusted({key.kid()}, 2));
  const Chain chain = keys.chains({admin_key.kid()}, 1).at(key.kid());
  EXPECT_EQ(chain.enrollers, std::set<std::string>{town.actor("admin").person});
  EXPECT_FALSE(chain.may_endorse);
  EXPECT_EQ(chain.trusted_from, desk.entries(ring)[1].index) << "not before it was endorsed";
}

TEST_P(OfEveryKind, erasure_leaves_the_structure_to_verify) {
  auto told = approval();
  told.entry.personal = nullptr;
  EXPECT_EQ(judged(told), "erased");
  std::vector<Logged> erased_ring = desk.entries(ring);
  for (Logged& one : erased_ring) one.personal = nullptr;
  KeyBook keys(test::k_passkeys);
  ASSERT_TRUE(keys.add_ring(desk.entries(admin_ring)));
  ASSERT_TRUE(keys.add_ring(erased_ring));
  EXPECT_EQ(judged(keys, approval()), "erased") << "the key's bytes are gone";
  const Chain chain = keys.chains({admin_key.kid()}, 1).at(key.kid());
  EXPECT_TRUE(chain.is_erased);
  EXPECT_FALSE(chain.trusted_from);
}

struct Change {
  const char* what;
  std::function<void(Logged&, SigningTerms&)> apply;
  const char* expected;
};

Json& record(Logged& entry) { return entry.personal["signature"]; }

// As if whoever keeps the log had changed it, and all hashes with it.
const Change k_changes[] = {
    {"nothing", [](Logged&, SigningTerms&) {}, "valid"},
    {"facts: kid", [](Logged& e, SigningTerms&) { e.facts["signed"]["kid"] = std::string(64, '0'); },
     "wrong: intent_mismatch"},
    {"facts: counter", [](Logged& e, SigningTerms&) { e.facts["signed"]["counter"] = 2; }, "wrong: intent_mismatch"},
    {"facts: no shape", [](Logged& e, SigningTerms&) { e.facts["signed"] = "yes"; }, "wrong: intent_mismatch"},
    {"facts: a member of the payload", [](Logged& e, SigningTerms&) { e.facts["scope_hash"] = std::string(64, '0'); },
     "wrong: intent_mismatch"},
    {"personal: the opinion", [](Logged& e, SigningTerms&) { e.personal["opinion"] = "不同意"; },
     "wrong: intent_mismatch"},
    {"personal: the opinion left out", [](Logged& e, SigningTerms&) { e.personal.erase("opinion"); },
     "wrong: intent_mismatch"},
    {"record: gone", [](Logged& e, SigningTerms&) { e.personal.erase("signature"); }, "wrong: signature_invalid"},
    {"record: no shape", [](Logged& e, SigningTerms&) { e.personal["signature"] = 7; }, "wrong: signature_invalid"},
    {"record: other members", [](Logged& e, SigningTerms&) { record(e)["members"] = {"scope_hash"}; },
     "wrong: intent_mismatch"},
    {"record: members of no shape",
     [](Logged& e, SigningTerms&) {
       record(e)["members"] = {7, nullptr};
     },
     "wrong: intent_mismatch"},
    {"record: the intent", [](Logged& e, SigningTerms&) { record(e)["intent"] = text_of(record(e), "intent") + " "; },
     "wrong: signature_invalid"},
    {"record: the signature", [](Logged& e, SigningTerms&) { record(e)["signature"] = base64("0123456789"); },
     "wrong: signature_invalid"},
    {"head: the event", [](Logged& e, SigningTerms&) { e.head.type = "reject"; }, "wrong: intent_mismatch"},
    {"head: the instance", [](Logged& e, SigningTerms&) { e.head.instance = "other"; }, "wrong: intent_mismatch"},
    {"head: the workflow", [](Logged& e, SigningTerms&) { e.head.workflow = "other"; }, "wrong: intent_mismatch"},
    {"head: the log", [](Logged& e, SigningTerms&) { e.head.origin = "other"; }, "wrong: intent_mismatch"},
    {"head: before what was seen", [](Logged& e, SigningTerms&) { e.head.seq = 2; }, "wrong: intent_stale"},
    {"head: after the time was over", [](Logged& e, SigningTerms&) { e.head.at += hours(1); }, "wrong: intent_expired"},
    {"terms: the scope", [](Logged&, SigningTerms& t) { t.scope_hash = std::string(64, '0'); }, "wrong: scope_changed"},
    {"terms: the pack", [](Logged&, SigningTerms& t) { t.pack = ""; }, "wrong: scope_changed"},
    {"terms: a later review", [](Logged& e, SigningTerms& t) { e.head.seq += 9, t.seen_from = e.head.seq - 1; },
     "wrong: intent_stale"},
    {"index: before the key was in force", [](Logged& e, SigningTerms&) { e.index = 0; }, "wrong: key_not_active"},
};

TEST_P(OfP256, every_change_of_a_signed_entry_shows) {
  for (const Change& change : k_changes) {
    auto told = approval();
    change.apply(told.entry, told.terms);
    EXPECT_EQ(judged(told), change.expected) << change.what;
  }
}

TEST_P(OfP256, key_of_another_person_does_not_count) {
  auto told = approval();
  told.person = town.actor("supervisor2").person;
  EXPECT_EQ(judged(told), "wrong: key_not_active");
}

TEST_P(OfP256, unsigned_entry_is_wrong_where_the_rules_demand_a_signature) {
  auto consent = desk.told(id)[3];
  consent.terms.required = true;
  EXPECT_EQ(judged(consent), "wrong: signature_required");
  consent.entry.head.actor = "system";
  EXPECT_EQ(judged(consent), "unsigned");
}

TEST_P(OfP256, key_counts_until_it_is_revoked) {
  const Act revocation =
      SigningDesk::on_ring("supervisor1", ring, "revoke_key", {{"kid", key.kid()}, {"reason", "lost"}});
  ASSERT_TRUE(desk.send(revocation, nullptr));
  auto told = approval();
  EXPECT_EQ(judged(told), "valid") << "what it signed before stays signed";
  told.entry.index = desk.entries(ring).back().index + 1;
  EXPECT_EQ(judged(told), "wrong: key_not_active");
}

TEST_P(OfP256, counters_grow_along_the_log_in_whatever_order_entries_are_judged) {
  const auto first = approval();
  auto again = first;
  again.entry.index += 5;
  for (const bool backwards : {false, true}) {
    KeyBook keys = book();
    EXPECT_EQ(judged(keys, backwards ? again : first), "valid");
    EXPECT_EQ(judged(keys, backwards ? first : again), "wrong: counter_used");
  }
}

TEST_P(OfP256, passkeys_of_another_domain_do_not_count) {
  const SigningKey passkey("passkey");
  const std::string other = desk.enrol("supervisor2", passkey);
  const auto entries = desk.entries(other);
  for (const auto& [rp_id, expected] :
       {std::pair("permits.example.org", "valid"), std::pair("example.org", "wrong: assertion_invalid"),
        std::pair("", "wrong: signature_invalid")}) {
    KeyBook keys({rp_id, test::k_passkeys.origins});
    ASSERT_TRUE(keys.add_ring(entries));
    EXPECT_EQ(said(keys.judge(entries[0], {}, "")), expected) << rp_id;
  }
}

TEST_P(OfP256, key_enrolled_twice_breaks_the_book) {
  KeyBook keys = book();
  auto copy = desk.entries(ring);
  for (Logged& entry : copy) entry.head.instance = "a second ring";
  EXPECT_EQ(keys.add_ring(copy).error().code, Code::log_broken);
}

}  // namespace
}  // namespace sparkgate::signing
