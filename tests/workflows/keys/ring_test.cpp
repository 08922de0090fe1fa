// Key rings over the town's engine: who may do what, how a key comes into force, and what the log then tells.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/signing_desk.h"
#include "workflows/keys/ring.h"

namespace sparkgate {
namespace {

using test::Act;
using test::SigningDesk;
using test::SigningKey;
using test::Town;

class KeyRings : public testing::Test {
 protected:
  explicit KeyRings(size_t enrollers = 1) : town(1, std::filesystem::temp_directory_path(), enrollers) {}

  std::string outcome(const Result<Receipt>& result) { return Town::outcome(result); }
  std::string key_state(const std::string& ring, const SigningKey& key) {
    return text_of(keys::key_in(*town.get(ring), key.kid()), "state");
  }
  /// "enrol", "endorse", … as that person would, sound but for who sends it.
  std::string tried(const std::string& login, const std::string& ring, const std::string& event,
                    const SigningKey& in_question) {
    Act act = SigningDesk::on_ring(login, ring, event, {{"kid", in_question.kid()}});
    if (event == "revoke_key") act.payload["reason"] = "lost";
    if (event == "close") act.payload = Json::object();
    if (event != "add_key") return outcome(event == "endorse" ? desk.sign(act, of(login)) : desk.send(act, nullptr));
    const SigningKey fresh;
    act.payload = fresh.enrolment(town.actor(login).person);
    return outcome(desk.sign(act, fresh));
  }
  const SigningKey& of(const std::string& login) { return keys_by_login[login]; }
  std::string enrolled(const std::string& login) { return desk.enrol(login, of(login)); }

  Town town;
  SigningDesk desk{town};
  std::map<std::string, SigningKey> keys_by_login;
};

class KeyRingsOfTwo : public KeyRings {
 protected:
  KeyRingsOfTwo() : KeyRings(2) {}
  // A second administrator, by promoting the auditor.
  void promote() {
    const std::string id = town.actor("auditor").account;
    Command amend;
    amend.workflow = "account";
    amend.instance = id;
    amend.event = "amend";
    amend.payload = {{"grants", {{{"role", "admin"}}}}};
    amend.actor = town.actor("admin");
    amend.expected_version = town.get(id)->version;
    ASSERT_EQ(outcome(town.engine().execute(amend)), "ok");
    town.refresh("auditor");
  }
};

TEST_F(KeyRings, hold_no_more_keys_than_a_person_can_keep_apart) {
  const std::string ring = enrolled("admin");
  std::string last = "ok";
  size_t added = 0;
  while (last == "ok" && added < 1000) {
    last = tried("admin", ring, "add_key", of("admin"));
    added += last == "ok" ? 1 : 0;
  }
  EXPECT_EQ(last, "too_many_keys");
  EXPECT_EQ(town.get(ring)->data.at("keys").size(), added + 1);
}

// Rows: state of supervisor1's ring; who acts; what comes of each event.
TEST_F(KeyRings, who_may_do_what_in_which_state) {
  enrolled("admin");
  std::string table;
  for (const char* state : {"Inactive", "Active", "Closed"}) {
    for (const char* login : {"supervisor1", "supervisor2", "auditor", "admin"}) {
      table += std::string(state) + " " + login + ":";
      for (const char* event : {"add_key", "endorse", "revoke_key", "close"}) {
        const SigningKey key;
        const std::string ring = desk.enrol("supervisor1", key);
        if (state != std::string("Inactive")) desk.endorse("admin", of("admin"), ring, key);
        const Act close = SigningDesk::on_ring("admin", ring, "close", Json::object());
        if (state == std::string("Closed")) {
          EXPECT_EQ(outcome(desk.send(close, nullptr)), "ok");
        }
        table += " " + tried(login, ring, event, key);
        if (town.state(ring) != "Closed") {
          EXPECT_EQ(outcome(desk.send(close, nullptr)), "ok");
        }
      }
      table += "\n";
    }
  }
  EXPECT_EQ(table,
            "Inactive supervisor1: ok role_required ok role_required\n"
            "Inactive supervisor2: not_the_named_person role_required not_found not_found\n"
            "Inactive auditor: not_the_named_person role_required role_required role_required\n"
            "Inactive admin: not_the_named_person ok ok ok\n"
            "Active supervisor1: ok role_required ok role_required\n"
            "Active supervisor2: not_the_named_person role_required not_found not_found\n"
            "Active auditor: not_the_named_person role_required role_required role_required\n"
            "Active admin: not_the_named_person endorsement_superfluous ok ok\n"
            "Closed supervisor1: wrong_state role_required wrong_state role_required\n"
            "Closed supervisor2: not_the_named_person role_required not_found not_found\n"
            "Closed auditor: not_the_named_person role_required role_required role_required\n"
            "Closed admin: not_the_named_person wrong_state wrong_state wrong_state\n");
}

TEST_F(KeyRings, first_administrator_is_a_root_and_others_wait_for_endorsement) {
  const std::string admin = enrolled("admin"), supervisor = enrolled("supervisor1");
  EXPECT_EQ(town.state(admin), "Active");
  EXPECT_EQ(keys::key_in(*town.get(admin), of("admin").kid()).at("root"), true);
  EXPECT_EQ(town.state(supervisor), "Inactive");
  desk.endorse("admin", of("admin"), supervisor, of("supervisor1"));
  EXPECT_EQ(town.state(supervisor), "Active");
  EXPECT_EQ(keys::key_in(*town.get(supervisor), of("supervisor1").kid()).at("endorsements").size(), 1u);
}

TEST_F(KeyRings, nobody_else_becomes_a_root_even_where_there_is_none) {
  EXPECT_EQ(town.state(enrolled("supervisor1")), "Inactive");
  EXPECT_EQ(town.state(enrolled("auditor")), "Inactive");
}

TEST_F(KeyRings, one_clerk_changes_keys_by_endorsing_the_new_with_the_old) {
  const std::string ring = enrolled("admin");
  const SigningKey fresh;
  const Json payload = fresh.enrolment(town.actor("admin").person, "新手机");
  ASSERT_EQ(outcome(desk.sign(SigningDesk::on_ring("admin", ring, "add_key", payload), fresh)), "ok");
  EXPECT_EQ(key_state(ring, fresh), "pending");
  desk.endorse("admin", of("admin"), ring, fresh, true);
  EXPECT_EQ(key_state(ring, fresh), "active");
  EXPECT_EQ(tried("admin", ring, "revoke_key", of("admin")), "ok");
  const std::string other = enrolled("supervisor1");
  desk.endorse("admin", fresh, other, of("supervisor1"));
  EXPECT_EQ(town.state(other), "Active");
  EXPECT_EQ(keys::key_in(*town.get(ring), fresh.kid()).at("root"), false);
}

TEST_F(KeyRings, only_a_key_endorsed_as_an_enroller_s_endorses_others) {
  const std::string ring = enrolled("admin"), other = enrolled("supervisor1");
  const SigningKey plain;
  const Json payload = plain.enrolment(town.actor("admin").person, "平板");
  ASSERT_EQ(outcome(desk.sign(SigningDesk::on_ring("admin", ring, "add_key", payload), plain)), "ok");
  desk.endorse("admin", of("admin"), ring, plain);
  const Act act = SigningDesk::on_ring("admin", other, "endorse", {{"kid", of("supervisor1").kid()}});
  Json intent = *parse_json(text_of(desk.offer(act).value(), "intent"));
  EXPECT_EQ(intent.at("key"), of("admin").kid()) << "the only one of the two that may";
  intent["key"] = plain.kid();
  EXPECT_EQ(outcome(desk.send(act, plain.sign(canonical(intent)))), "key_not_enroller");
  Act as_enroller = act;
  as_enroller.payload["enroller"] = true;
  EXPECT_EQ(outcome(desk.sign(as_enroller, of("admin"))), "payload_invalid") << "a supervisor enrols nobody";
}

TEST_F(KeyRings, enrolment_needs_the_key_itself_the_person_and_a_name_nobody_has) {
  const SigningKey mine, other;
  const std::string me = town.actor("supervisor1").person;
  const Act good = SigningDesk::on_ring("supervisor1", "", "enrol", mine.enrolment(me));
  EXPECT_EQ(outcome(desk.send(good, nullptr)), "signature_required");
  EXPECT_EQ(outcome(desk.sign(good, other)), "signature_invalid") << "signed by another key";
  Act for_another = good;
  for_another.payload["person"] = town.actor("supervisor2").person;
  EXPECT_EQ(outcome(desk.sign(for_another, mine)), "payload_invalid");
  Act relabelled = good;
  relabelled.payload["label"] = "别的名称";
  const Json offered = desk.offer(good).value();
  EXPECT_EQ(outcome(desk.send(relabelled, mine.sign(text_of(offered, "intent")))), "intent_mismatch");
  ASSERT_EQ(outcome(desk.send(good, mine.sign(text_of(offered, "intent")))), "ok");
  EXPECT_EQ(outcome(desk.sign(good, mine)), "already_registered") << "one ring a person";
  const Act stolen = SigningDesk::on_ring("supervisor2", "", "enrol", mine.enrolment(town.actor("supervisor2").person));
  EXPECT_EQ(outcome(desk.sign(stolen, mine)), "already_registered") << "one ring a key";
}

TEST_F(KeyRings, ended_keys_stay_ended) {
  enrolled("admin");
  const std::string ring = enrolled("supervisor1");
  EXPECT_EQ(tried("supervisor1", ring, "revoke_key", of("supervisor1")), "ok");
  EXPECT_EQ(tried("supervisor1", ring, "revoke_key", of("supervisor1")), "key_ended");
  EXPECT_EQ(tried("admin", ring, "endorse", of("supervisor1")), "key_ended");
  EXPECT_EQ(tried("admin", ring, "endorse", of("nobody")), "key_ended");
}

TEST_F(KeyRings, replay_gives_the_stored_ring_also_when_personal_data_is_erased) {
  enrolled("admin");
  const std::string ring = enrolled("supervisor1");
  desk.endorse("admin", of("admin"), ring, of("supervisor1"));
  auto entries = town.engine().read()->entries(ring);
  const auto again = replay(town.workflow("key_ring"), entries);
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data, town.get(ring)->data);
  EXPECT_EQ(*again->personal, *town.get(ring)->personal);
  for (journal::Entry& entry : entries) entry.personal.reset();
  const auto erased = replay(town.workflow("key_ring"), entries);
  ASSERT_TRUE(erased) << describe(erased.error());
  EXPECT_EQ(erased->data, town.get(ring)->data);
}

TEST_F(KeyRings, history_tells_from_which_entry_to_which_a_key_was_in_force) {
  enrolled("admin");
  const std::string ring = enrolled("supervisor1");
  desk.endorse("admin", of("admin"), ring, of("supervisor1"));
  ASSERT_EQ(tried("supervisor1", ring, "revoke_key", of("supervisor1")), "ok");
  auto entries = desk.entries(ring);
  const auto lives = keys::replay_ring(entries);
  ASSERT_TRUE(lives) << describe(lives.error());
  const keys::KeyLife& life = lives->at(of("supervisor1").kid());
  const int64_t endorsed = entries[1].index, ended = entries[2].index;
  EXPECT_EQ(life.enrolled, entries[0].index);
  EXPECT_EQ(life.endorsed, std::vector<int64_t>{endorsed});
  EXPECT_FALSE(life.was_active(endorsed));
  EXPECT_TRUE(life.was_active(endorsed + 1) || endorsed + 1 == ended);
  EXPECT_FALSE(life.was_active(ended));
  entries.erase(entries.begin() + 1);
  EXPECT_EQ(keys::replay_ring(entries).error().code, Code::log_broken);
}

TEST_F(KeyRings, history_refuses_entries_of_any_shape_without_throwing) {
  enrolled("admin");
  const auto good = desk.entries(enrolled("supervisor1"));
  for (const Json& facts : {Json(), Json(7), Json::object(), Json{{"kid", 1}}, Json{{"kid", "x"}, {"root", "yes"}}}) {
    auto bad = good;
    bad[0].facts = facts;
    EXPECT_FALSE(keys::replay_ring(bad)) << facts;
  }
}

TEST_F(KeyRingsOfTwo, two_different_people_must_endorse) {
  promote();
  const std::string first = enrolled("admin"), second = enrolled("auditor"), ring = enrolled("supervisor1");
  EXPECT_EQ(town.state(first), "Active");
  EXPECT_EQ(town.state(second), "Active") << "one enroller alone can endorse nobody: the second is a root, too";
  EXPECT_EQ(tried("admin", ring, "endorse", of("supervisor1")), "ok");
  EXPECT_EQ(town.state(ring), "Inactive");
  EXPECT_EQ(tried("admin", ring, "endorse", of("supervisor1")), "endorsement_superfluous");
  EXPECT_EQ(tried("auditor", ring, "endorse", of("supervisor1")), "ok");
  EXPECT_EQ(town.state(ring), "Active");
}

}  // namespace
}  // namespace sparkgate
