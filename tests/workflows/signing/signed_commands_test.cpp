// Signed decisions on permits over the town's engine: what is accepted, what is refused and why.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/signing_desk.h"

namespace sparkgate {
namespace {

using test::Act;
using test::SigningDesk;
using test::SigningKey;
using test::Town;

class Signed : public testing::Test {
 protected:
  Signed() { admin_ring = desk.enrol("admin", admin_key); }

  /// A key in force.
  const SigningKey& key_of(const std::string& login, const std::string& kind = "p256") {
    const auto known = keys.find(login);
    if (known != keys.end()) return known->second;
    const SigningKey& key = keys.emplace(login, SigningKey(kind)).first->second;
    rings[login] = desk.enrol(login, key);
    desk.endorse("admin", admin_key, rings[login], key);
    return key;
  }
  /// A permit that waits for supervisor1's approval, and that approval.
  Act approval() {
    const std::string id = town.draft();
    town.lead(id, "UnderReview");
    town.must("site_owner", id, "consent", town.payload(id, "consent"));
    return {"supervisor1", id, "approve", town.payload(id, "approve")};
  }
  Json sign_off(const Act& act) { return key_of(act.login).sign(text_of(desk.offer(act).value(), "intent")); }
  /// The intent offered for the act with members changed, signed by the actor's own key.
  Json altered(const Act& act, const Json& changes) {
    Json intent = *parse_json(text_of(desk.offer(act).value(), "intent"));
    intent.merge_patch(changes);
    return key_of(act.login).sign(canonical(intent));
  }
  std::string sent(const Act& act, const Json& signed_part) { return Town::outcome(desk.send(act, signed_part)); }
  void demand_signatures_of(const std::string& login) {
    Command amend;
    amend.workflow = "account";
    amend.instance = town.actor(login).account;
    amend.event = "amend";
    amend.payload = {{"must_sign", true}};
    amend.actor = town.actor("admin");
    amend.expected_version = town.get(amend.instance)->version;
    ASSERT_EQ(Town::outcome(town.engine().execute(amend)), "ok");
  }

  Town town;
  SigningDesk desk{town};
  SigningKey admin_key;
  std::string admin_ring;
  std::map<std::string, SigningKey> keys;
  std::map<std::string, std::string> rings;
};

TEST_F(Signed, approval_is_accepted_from_every_kind_of_key) {
  const std::pair<const char*, const char*> people[] = {
      {"supervisor1", "p256"}, {"supervisor2", "passkey"}, {"supervisor3", "sm2"}};
  for (const auto& [login, kind] : people) {
    key_of(login, kind);
    Act act = approval();
    act.login = login;
    EXPECT_EQ(Town::outcome(desk.sign(act, key_of(login))), "ok") << kind;
    const auto told = desk.told(act.id);
    const Json& facts = told.back().entry.facts;
    EXPECT_EQ(facts.at("signed"), (Json{{"kid", key_of(login).kid()}, {"counter", 1}}));
    EXPECT_FALSE(facts.contains("signature")) << "the signature can be erased";
  }
}

TEST_F(Signed, browser_s_and_token_s_forms_of_a_signature_are_both_right) {
  const Act first = approval(), second = approval();
  const auto intent = [&](const Act& act) { return text_of(desk.offer(act).value(), "intent"); };
  const SigningKey& key = key_of("supervisor1");
  EXPECT_EQ(sent(first, key.sign(intent(first))), "ok");
  EXPECT_EQ(sent(second, key.sign(intent(second), true)), "ok");
}

TEST_F(Signed, unsigned_is_fine_where_nobody_demands_it) { EXPECT_EQ(sent(approval(), nullptr), "ok"); }

TEST_F(Signed, account_can_be_made_to_sign) {
  const Act act = approval();
  key_of("supervisor1");
  demand_signatures_of("supervisor1");
  EXPECT_EQ(sent(act, nullptr), "signature_required");
  EXPECT_EQ(sent(act, sign_off(act)), "ok");
}

TEST_F(Signed, pack_can_demand_signatures_of_everybody) {
  town.add_pack({{"signatures",
                  {{"required", {"approve"}},
                   {"clause", "local"},
                   {"zh", "批准须签名"},
                   {"en", "Approvals are signed"},
                   {"verified", false}}}});
  const Act act = approval();
  EXPECT_EQ(sent(act, nullptr), "signature_required");
  EXPECT_EQ(sent(act, sign_off(act)), "ok");
}

// What stands against a signed approval of supervisor1, each but for one thing in order.
TEST_F(Signed, approval_is_refused_when_anything_is_not_as_signed) {
  key_of("supervisor1"), key_of("supervisor2");
  const Act act = approval();
  const Json good = sign_off(act);
  Act other_opinion = act, other_event = act, other_permit = act, other_person = act;
  other_opinion.payload["opinion"] = "同意，注意风力";
  other_event.event = "reject", other_event.payload = {{"reason", "原因"}};
  other_permit.id = approval().id, other_permit.payload = town.payload(other_permit.id, "approve");
  other_person.login = "supervisor2";
  Json bad_bytes = good, no_signature = good, web_parts = good;
  bad_bytes["signature"] = base64(std::string(64, '\1'));
  no_signature.erase("signature");
  web_parts["client_data"] = base64("{\"type\":\"webauthn.get\"}"),
  web_parts["authenticator_data"] = base64(std::string(37, '\0'));
  const SigningKey unknown;
  const std::string text = text_of(good, "intent");
  struct Row {
    const char* what;
    Act act;
    Json signed_part;
    const char* expected;
  };
  const Row rows[] = {
      {"other payload", other_opinion, good, "intent_mismatch"},
      {"other event", other_event, good, "intent_mismatch"},
      {"other permit", other_permit, good, "intent_mismatch"},
      {"other log", act, altered(act, {{"origin", "elsewhere"}}), "intent_mismatch"},
      {"other workflow", act, altered(act, {{"workflow", "account"}}), "intent_mismatch"},
      {"other person's key", other_person, good, "key_not_active"},
      {"unknown key", act, unknown.sign(canonical(Json::parse(text))), "signature_invalid"},
      {"key nobody enrolled", act, altered(act, {{"key", unknown.kid()}}), "key_not_active"},
      {"other key's name", act, altered(act, {{"key", key_of("supervisor2").kid()}}), "signature_invalid"},
      {"wrong bytes", act, bad_bytes, "signature_invalid"},
      {"no signature", act, no_signature, "payload_invalid"},
      {"parts of a passkey", act, web_parts, "signature_invalid"},
      {"no object", act, Json("signed"), "payload_invalid"},
      {"expired", act, altered(act, {{"not_after", format_time(town.clock.wall())}}), "intent_expired"},
      {"other scope", act, altered(act, {{"scope_hash", std::string(64, '0')}}), "scope_changed"},
      {"other pack", act, altered(act, {{"pack", ""}}), "scope_changed"},
      {"seen what is yet to come", act, altered(act, {{"seen_seq", 100}}), "intent_stale"},
      {"seen long before", act, altered(act, {{"seen_seq", 0}}), "intent_stale"},
      {"counter used", act, altered(act, {{"counter", 0}}), "counter_used"},
      {"all in order", act, good, "ok"},
  };
  for (const Row& row : rows) EXPECT_EQ(sent(row.act, row.signed_part), row.expected) << row.what;
}

TEST_F(Signed, command_sent_twice_counts_once) {
  const std::string id = town.draft();
  town.lead(id, "UnderReview");
  const Act consent{"site_owner", id, "consent", town.payload(id, "consent")};  // could be given any number of times
  const Json signed_part = sign_off(consent);
  EXPECT_EQ(sent(consent, signed_part), "ok");
  EXPECT_EQ(sent(consent, signed_part), "counter_used");
  EXPECT_EQ(sent(consent, sign_off(consent)), "ok");
}

TEST_F(Signed, refused_command_leaves_its_counter_unused) {
  const Act act = approval();
  const Json signed_part = sign_off(act);
  EXPECT_EQ(sent(act, altered(act, {{"seen_seq", 100}})), "intent_stale");
  EXPECT_EQ(sent(act, signed_part), "ok");
}

TEST_F(Signed, gas_test_in_between_does_not_matter_and_a_change_of_scope_does) {
  const std::string tested = town.draft(), amended = town.draft();
  town.lead(tested, "Approved"), town.lead(amended, "UnderReview");
  const Act confirmation{"supervisor1", tested, "confirm_site"};
  const Json confirmed = sign_off(confirmation);
  town.must("fire_watch", tested, "watch_checked_in");
  town.must("fire_watch", tested, "gas_test", town.payload(tested, "gas_test"));
  EXPECT_EQ(sent(confirmation, confirmed), "ok");

  const Act refusal{"supervisor1", amended, "reject", {{"reason", "风力过大"}}};
  const Json refused = sign_off(refusal);
  town.must("applicant", amended, "amend", town.application({{"work", "另一处支架"}}));
  ASSERT_EQ(town.state(amended), "UnderReview");
  EXPECT_EQ(sent(refusal, refused), "scope_changed");
}

TEST_F(Signed, decision_belongs_to_the_review_it_was_made_in) {
  const std::string id = town.draft();
  town.lead(id, "UnderReview");
  const Act refusal{"supervisor1", id, "reject", {{"reason", "风力过大"}}};
  const Json refused = sign_off(refusal);
  town.must("supervisor2", id, "return", {{"reason", "补充材料"}});
  town.must("applicant", id, "submit");
  ASSERT_EQ(town.state(id), "UnderReview");
  EXPECT_EQ(sent(refusal, refused), "intent_stale");
}

TEST_F(Signed, signature_lasts_ten_minutes) {
  const Act act = approval();
  const Json signed_part = sign_off(act);
  town.clock.advance(minutes(10));
  EXPECT_EQ(sent(act, signed_part), "intent_expired");
}

TEST_F(Signed, pending_and_revoked_keys_sign_nothing) {
  const Act act = approval();
  const SigningKey pending;
  key_of("supervisor1");
  const Json good = sign_off(act);
  desk.enrol("supervisor2", pending);
  EXPECT_EQ(desk.offer({"supervisor2", act.id, "approve", act.payload}).error().code, Code::key_not_active);
  Json intent = *parse_json(text_of(good, "intent"));
  intent["key"] = pending.kid();
  EXPECT_EQ(sent({"supervisor2", act.id, "approve", act.payload}, pending.sign(canonical(intent))), "key_not_active");
  const Act revocation = SigningDesk::on_ring("supervisor1", rings["supervisor1"], "revoke_key",
                                              {{"kid", key_of("supervisor1").kid()}, {"reason", "lost"}});
  ASSERT_EQ(sent(revocation, nullptr), "ok");
  EXPECT_EQ(sent(act, good), "key_not_active");
}

// Every event marked so keeps its payload whole, or the service would refuse its signature with an internal error.
TEST_F(Signed, every_event_that_can_be_signed_is_taken_signed) {
  const std::map<std::string, std::pair<std::string, std::string>> where = {
      {"qualify", {"supervisor1", "QualificationCheck"}}, {"return", {"supervisor1", "UnderReview"}},
      {"consent", {"site_owner", "UnderReview"}},         {"approve", {"supervisor1", "UnderReview"}},
      {"reject", {"supervisor1", "UnderReview"}},         {"confirm_site", {"supervisor1", "Approved"}},
      {"release_hold", {"inspector", "InProgress"}},      {"complete_watch", {"fire_watch", "FireWatch"}},
      {"accept", {"site_owner", "AwaitingAcceptance"}},   {"revoke", {"supervisor1", "InProgress"}}};
  size_t signable = 0;
  for (const EventSpec& event : town.permits().description().events) {
    if (event.signing == Signing::none) continue;
    ++signable;
    const auto& [login, state] = where.at(event.name);
    Json application = town.application();
    if (state == "QualificationCheck") application.erase("tank_bund");
    const std::string id = town.draft(application);
    state == "QualificationCheck" ? (void)town.must("applicant", id, "submit") : town.lead(id, state);
    if (event.name == "approve") town.must("site_owner", id, "consent", town.payload(id, "consent"));
    if (event.name == "release_hold") town.must("inspector", id, "suspend", {{"reason", "监护人不在位"}});
    if (event.name == "complete_watch") town.clock.advance(minutes(61));
    const Act act{login, id, event.name, town.payload(id, event.name)};
    EXPECT_EQ(sent(act, sign_off(act)), "ok") << event.name;
  }
  EXPECT_EQ(signable, where.size());
}

TEST_F(Signed, packs_may_demand_exactly_the_signatures_that_permits_take) {
  const Json pack = town.packs().latest("cn-gb30871-2022")->json();
  for (const EventSpec& event : town.permits().description().events) {
    Json demanding = pack;
    demanding["signatures"] = {
        {"required", {event.name}}, {"clause", "local"}, {"zh", "须签名"}, {"en", "Signed"}, {"verified", false}};
    const auto loaded = rules::Pack::load("test", demanding.dump());
    EXPECT_EQ(loaded.has_value(), event.signing == Signing::possible) << event.name;
    if (loaded) {
      EXPECT_TRUE(loaded->requires_signature(event.name));
    }
  }
}

}  // namespace
}  // namespace sparkgate
