#include "certs/roster.h"

#include <gtest/gtest.h>

#include "certs/officer_keys.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "tests/certs/given_random.h"
#include "tests/support/fake_clock.h"

namespace sparkgate {
namespace {

using std::chrono::days;
using test::a_monday;
using test::counting;

Ed25519Key lead() { return Ed25519Key::from_secret(counting(1, 32)).value(); }

RosterCheck check() {
  return {PublicKey::from_raw(KeyType::ed25519, lead().public_key()).value(), "消防", a_monday() + days(1), 3};
}

RosterOfficer officer(int number) {
  test::GivenRandom random(counting(10 * number, 64));
  const OfficerKeys keys = OfficerKeys::generate(random);
  const std::string digit = std::to_string(number);
  return {"o" + digit, "张三" + digit, keys.reading.public_key(), keys.signing.public_key(), a_monday()};
}

Roster a_roster() { return {"消防", 3, a_monday(), a_monday() + k_roster_days, {officer(1), officer(2), officer(3)}}; }

std::string sign(std::string_view text) { return lead().sign(roster_to_sign(text)); }

// "" or why it is not used.
std::string fault_of(std::string_view text, std::string_view signature, const RosterCheck& by = check()) {
  const auto roster = read_roster(text, signature, by);
  return roster ? "" : std::string(name_of(roster.error()));
}

std::string fault_of(const Roster& roster, const RosterCheck& by = check()) {
  const std::string text = roster_text(roster);
  return fault_of(text, sign(text), by);
}

template <class Change>
std::string fault_after(Change change) {
  Roster roster = a_roster();
  change(roster);
  return fault_of(roster);
}

template <class Change>
std::string fault_of_json(Change change) {
  Json json = parse_json(roster_text(a_roster())).value();
  change(json);
  const std::string text = canonical(json);
  return fault_of(text, sign(text));
}

// By vectors.py.
TEST(Roster, agrees_with_another_implementation) {
  const std::string text = roster_text(a_roster());
  EXPECT_EQ(hex(sha256(text)), "bc18ed8735931cba8127482e3e4f1aa770a97bf7671b0e43bfe2e5378ba1461c");
  EXPECT_EQ(hex(sign(text)),
            "ada8fa04d414303558dacfae27575998cfa69c87b0d76653e7b05322ade99d91adb572394095810a8aad067815196249de99"
            "d47b21dfae9bc93aea73c9283100");
}

TEST(Roster, is_read_as_it_was_signed) {
  const std::string text = roster_text(a_roster());
  const auto roster = read_roster(text, sign(text), check());
  ASSERT_TRUE(roster) << name_of(roster.error());
  EXPECT_EQ(*roster, a_roster());
}

TEST(Roster, of_nobody_can_be_read) {
  EXPECT_EQ(fault_after([](Roster& roster) { roster.officers.clear(); }), "");
}

TEST(Roster, with_any_byte_altered_is_not_the_leads) {
  const std::string text = roster_text(a_roster()), signature = sign(text);
  const auto altered = [](std::string bytes, size_t at) {
    bytes[at] ^= static_cast<char>(1 << at % 8);
    return bytes;
  };
  for (size_t at = 0; at < text.size(); ++at)
    EXPECT_EQ(fault_of(altered(text, at), signature), "wrong_signature") << at;
  for (size_t at = 0; at < 64; ++at) EXPECT_EQ(fault_of(text, altered(signature, at)), "wrong_signature") << at;
}

TEST(Roster, is_signed_by_the_lead_as_a_roster) {
  const std::string text = roster_text(a_roster());
  const auto another = Ed25519Key::from_secret(counting(2, 32)).value();
  EXPECT_EQ(fault_of(text, another.sign(roster_to_sign(text))), "wrong_signature");
  EXPECT_EQ(fault_of(text, lead().sign(text)), "wrong_signature") << "signed as something else";
  EXPECT_EQ(fault_of(text, ""), "wrong_signature");
  RosterCheck by = check();
  const auto p256 = PrivateKey::generate(KeyType::p256);
  by.lead = p256.public_key();
  EXPECT_EQ(fault_of(text, p256.sign(roster_to_sign(text)).value(), by), "wrong_signature") << "of another kind";
}

TEST(Roster, has_a_fault_for_each_thing_that_is_wrong) {
  EXPECT_EQ(fault_after([](Roster& r) { r.tenant = "消防二"; }), "wrong_tenant");
  EXPECT_EQ(fault_after([](Roster& r) { r.officers[2].id = "o1"; }), "duplicate_officer");
  EXPECT_EQ(fault_after([](Roster& r) { r.officers[2].reading_key = r.officers[0].reading_key; }), "duplicate_key");
  EXPECT_EQ(fault_after([](Roster& r) { r.officers[2].signing_key = r.officers[0].signing_key; }), "duplicate_key");
  EXPECT_EQ(fault_after([](Roster& r) { r.officers[2].signing_key = r.officers[2].reading_key; }), "duplicate_key");
  EXPECT_EQ(fault_after([](Roster& r) { r.officers[1].reading_key = std::string(32, '\0'); }), "unusable_key");
  EXPECT_EQ(fault_after([](Roster& r) { r.epoch = 2; }), "old_epoch");
  EXPECT_EQ(fault_after([](Roster& r) { r.epoch = 4; }), "");
  EXPECT_EQ(fault_after([](Roster& r) { r.epoch = 0; }), "malformed");
}

TEST(Roster, holds_for_90_days_and_not_before_it_was_issued) {
  const auto fault_at = [](Time at) {
    RosterCheck by = check();
    by.at = at;
    return fault_of(a_roster(), by);
  };
  EXPECT_EQ(fault_at(a_monday() - k_roster_skew), "");
  EXPECT_EQ(fault_at(a_monday() - k_roster_skew - milliseconds(1)), "not_yet_issued");
  EXPECT_EQ(fault_at(a_monday() + k_roster_days - milliseconds(1)), "");
  EXPECT_EQ(fault_at(a_monday() + k_roster_days), "expired");
  EXPECT_EQ(fault_after([](Roster& r) { r.expires += milliseconds(1); }), "malformed") << "longer than may be";
  EXPECT_EQ(fault_after([](Roster& r) { r.expires = r.issued; }), "malformed");
  EXPECT_EQ(fault_after([](Roster& r) { r.expires = r.issued + days(2); }), "") << "shorter may be";
}

TEST(Roster, has_these_members_and_no_others) {
  EXPECT_EQ(fault_of_json([](Json&) {}), "");
  EXPECT_EQ(fault_of_json([](Json& j) { j["more"] = 1; }), "unknown_member");
  EXPECT_EQ(fault_of_json([](Json& j) { j["officers"][1]["role"] = "x"; }), "unknown_member");
  const Json whole = parse_json(roster_text(a_roster())).value();
  for (const auto& [name, value] : whole.items()) {
    EXPECT_EQ(fault_of_json([&, key = name](Json& j) { j.erase(key); }), "malformed") << name;
    EXPECT_EQ(fault_of_json([&, key = name](Json& j) { j[key] = nullptr; }), "malformed") << name;
  }
  for (const auto& [name, value] : whole["officers"][0].items()) {
    EXPECT_EQ(fault_of_json([&, key = name](Json& j) { j["officers"][0].erase(key); }), "malformed") << name;
    EXPECT_EQ(fault_of_json([&, key = name](Json& j) { j["officers"][0][key] = 1; }), "malformed") << name;
    EXPECT_EQ(fault_of_json([&, key = name](Json& j) { j["officers"][0][key] = ""; }), "malformed") << name;
  }
}

TEST(Roster, has_values_of_one_form) {
  EXPECT_EQ(fault_of_json([](Json& j) { j["epoch"] = -3; }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["epoch"] = 3.5; }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["issued"] = "2026-03-02T09:00:00+08:00"; }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["officers"][0] = "o1"; }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["officers"] = Json::object(); }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["officers"][0]["reading_key"] = base64(counting(1, 31)); }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j["officers"][0]["name"] = std::string(201, 'x'); }), "malformed");
  EXPECT_EQ(fault_of_json([](Json& j) { j = Json::array(); }), "malformed");
}

TEST(Roster, is_canonical_and_bounded) {
  const std::string text = roster_text(a_roster());
  for (const std::string& other : {" " + text, text + "\n", text.substr(1), text + text, std::string()}) {
    EXPECT_EQ(fault_of(other, sign(other)), "malformed") << other.substr(0, 9);
  }
  const std::string large(k_max_roster_bytes + 1, 'x'), full(k_max_roster_bytes, 'x');
  EXPECT_EQ(fault_of(large, sign(large)), "too_large");
  EXPECT_EQ(fault_of(full, sign(full)), "malformed");
  Roster many = a_roster();
  const RosterOfficer one = many.officers[0];
  many.officers.assign(k_max_roster_officers, one);
  EXPECT_EQ(fault_of(many), "duplicate_officer") << "as many as may be";
  many.officers.push_back(one);
  EXPECT_EQ(fault_of(many), "malformed");
}

TEST(Roster, first_fault_in_their_order_is_told) {
  Roster roster = a_roster();
  roster.tenant = "消防二";
  roster.epoch = 1;
  roster.issued = a_monday() - days(90);
  roster.expires = a_monday();
  roster.officers[1] = roster.officers[0];
  EXPECT_EQ(fault_of(roster), "wrong_tenant");
  roster.tenant = "消防";
  EXPECT_EQ(fault_of(roster), "duplicate_officer");
  roster.officers[1].id = "o2";
  EXPECT_EQ(fault_of(roster), "duplicate_key");
  roster.officers[1] = officer(2);
  roster.officers[1].reading_key = std::string(32, '\0');
  EXPECT_EQ(fault_of(roster), "unusable_key");
  roster.officers[1] = officer(2);
  EXPECT_EQ(fault_of(roster), "expired");
  roster.expires = a_monday() - days(1);
  roster.issued = a_monday() - days(2);
  EXPECT_EQ(fault_of(roster), "expired");
  roster.expires = a_monday() + days(2);
  EXPECT_EQ(fault_of(roster), "old_epoch");
}

TEST(Roster, needs_two_officers_whose_time_has_come) {
  Roster roster = a_roster();
  roster.officers[1].from = roster.officers[2].from = a_monday() + days(2);
  EXPECT_EQ(fault_of(roster), "") << "that is no fault of the roster";
  EXPECT_FALSE(has_enough_officers(roster, a_monday()));
  EXPECT_EQ(valid_officers(roster, a_monday()), std::vector{roster.officers[0]});
  EXPECT_TRUE(valid_officers(roster, a_monday() - milliseconds(1)).empty());
  EXPECT_TRUE(has_enough_officers(roster, a_monday() + days(2)));
  roster.officers.pop_back();
  EXPECT_TRUE(has_enough_officers(roster, a_monday() + days(2)));
  roster.officers.pop_back();
  EXPECT_FALSE(has_enough_officers(roster, a_monday() + days(2)));
}

// Whatever the lead were made to sign: it reads as what is written again alike, or not at all.
TEST(Roster, of_bytes_that_chance_made_is_read_whole_or_not_at_all) {
  test::SeededRandom random(11);
  const std::string good = roster_text(a_roster());
  int read = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::string dice = random.bytes(5);
    const auto die = [&](size_t at) { return static_cast<size_t>(static_cast<unsigned char>(dice[at])); };
    std::string text = round % 8 ? good : random.bytes(die(0));
    if (round % 8) {
      const size_t at = (die(1) << 8 | die(2)) % text.size();
      text.replace(at, die(3) % 3, good.substr((die(4) << 2) % good.size(), die(3) % 4));
    }
    const auto roster = read_roster(text, sign(text), check());
    if (!roster) continue;
    ++read;
    EXPECT_EQ(roster_text(*roster), text);
  }
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace sparkgate
