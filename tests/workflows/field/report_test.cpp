// Marks, signatures, claimed times and the memory of events: what a device says, before any permit is asked.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/codes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/files.h"
#include "tests/support/signing_key.h"
#include "tests/support/temp_folder.h"
#include "workflows/field/provenance.h"
#include "workflows/field/taking.h"
#include "workflows/field/verdict.h"

namespace sparkgate::field {
namespace {

const Time k_now = test::a_monday();

template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : std::string(refusal_row(result.error().code).name);
}

class FieldMarks : public testing::Test {
 protected:
  test::TempFolder folder;
  test::SeededRandom random;
  Marks marks{folder.path() / "key", random};
};

TEST_F(FieldMarks, are_known_again_with_the_same_key_alone) {
  const std::string mark = marks.make(k_now, "a1").value();
  Marks again(folder.path() / "key", random), elsewhere(folder.path() / "other", random);
  EXPECT_EQ(again.read(mark, "a1", k_now).value(), k_now);
  EXPECT_EQ(outcome(elsewhere.read(mark, "a1", k_now)), "field_mark_invalid");
}

TEST_F(FieldMarks, are_refused_when_changed_of_another_account_or_of_the_future) {
  const std::string mark = marks.make(k_now, "a1").value();
  std::string later = mark;
  later[0] = '2';
  for (const std::string& wrong : {later, mark.substr(1), mark + "0", std::string("."), std::string()}) {
    EXPECT_EQ(outcome(marks.read(wrong, "a1", k_now + hours(1))), "field_mark_invalid") << wrong;
  }
  EXPECT_EQ(outcome(marks.read(mark, "a2", k_now)), "field_mark_invalid");
  EXPECT_EQ(outcome(marks.read(mark, "a1", k_now - milliseconds(1))), "field_mark_invalid");
}

TEST_F(FieldMarks, key_is_its_owners_alone_and_whole) {
  ASSERT_TRUE(marks.make(k_now, "a1"));
  const auto mode = std::filesystem::status(folder.path() / "key").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::permissions(folder.path() / "key", std::filesystem::perms(0644));
  Marks exposed(folder.path() / "key", random);
  EXPECT_EQ(outcome(exposed.make(k_now, "a1")), "key_exposed");
  ASSERT_TRUE(write_secret(folder.path() / "short", "abc"));
  Marks broken(folder.path() / "short", random);
  EXPECT_EQ(outcome(broken.read("1.2", "a1", k_now)), "key_invalid");
}

Json event(int seq) {
  return {{"id", "00000000-0000-4000-8000-00000000000" + std::to_string(seq)},
          {"seq", seq},
          {"permit", "p"},
          {"event", "round"},
          {"payload", Json::object()},
          {"boot", "b"},
          {"monotonic_ms", seq * 1000},
          {"seen", {{"mark", "m"}, {"boot", "b"}, {"monotonic_ms", 0}}},
          {"wall", "2026-03-02T01:00:00Z"},
          {"signature", "c2ln"}};
}

Json body(const std::vector<Json>& events) {
  return {{"device", {{"kid", std::string(64, 'a')}, {"boot", "b"}, {"monotonic_ms", 9000}}}, {"events", events}};
}

TEST(FieldReport, is_read_in_the_order_of_the_device) {
  const auto report = read_report(body({event(3), event(1), event(2)})).value();
  EXPECT_EQ(report.events.at(0).seq, 1);
  EXPECT_EQ(report.events.at(2).seq, 3);
  EXPECT_EQ(report.at.monotonic_ms, 9000);
}

TEST(FieldReport, of_another_shape_is_refused_with_the_place) {
  const auto path = [](const Json& changed) {
    const auto report = read_report(body({event(1), changed}));
    if (report) return std::string("none");
    EXPECT_EQ(report.error().code, Code::payload_invalid);
    return text_of(report.error().details, "path");
  };
  Json bad = event(2);
  bad["wall"] = "2026-13-02T01:00:00Z";
  EXPECT_EQ(path(bad), "/events/1/wall");
  bad = event(2);
  bad["payload"]["note"] = std::string(4096, 'x');
  EXPECT_EQ(path(bad), "/events/1/payload");
  bad = event(2);
  bad["monotonic_ms"] = -1;
  EXPECT_EQ(path(bad), "/events/1/monotonic_ms");
  bad = event(2);
  bad.erase("seen");
  EXPECT_EQ(path(bad), "/events/1/seen");
  bad = event(2);
  bad["more"] = 1;
  EXPECT_EQ(path(bad), "/events/1/more");
}

TEST_F(FieldMarks, what_another_key_signed_says_nothing_about_the_others) {
  const test::SigningKey mine, other;
  const auto key = keys::read_key("p256", text_of(mine.enrolment(""), "public_key")).value();
  std::vector<Json> events;
  for (int seq = 1; seq <= 3; ++seq) {
    Json made = event(seq);
    made["seen"]["mark"] = marks.make(k_now, "a1").value();
    if (seq == 2) made["monotonic_ms"] = 8999;  // were it believed, the next would run backwards
    made.erase("signature");
    Json text = made;
    text["device"] = std::string(64, 'a');
    made["signature"] = (seq == 2 ? other : mine).sign(canonical(text)).at("signature");
    events.push_back(made);
  }
  const auto report = read_report(body(events)).value();
  const auto placed = place(report, key, marks, "a1", k_now + seconds(9)).value();
  EXPECT_EQ(outcome(placed.at(0)), "ok");
  EXPECT_EQ(outcome(placed.at(1)), "signature_invalid");
  EXPECT_EQ(outcome(placed.at(2)), "ok");
}

TEST(FieldSignature, stands_for_the_entry_that_was_made_of_it) {
  const test::SigningKey mine, other;
  const auto key_of = [](const test::SigningKey& key) {
    return keys::read_key("p256", text_of(key.enrolment(""), "public_key")).value();
  };
  Json claim = event(1);
  claim.erase("signature");
  claim["device"] = mine.kid();
  claim["payload"] = {{"note", "巡查正常"}, {"sampled_at", "2026-03-03T01:00:00Z"}};
  const std::string text = canonical(claim);
  journal::Logged entry;
  entry.head.instance = "p";
  entry.head.type = "round";
  entry.facts = {{"field", {{"device", mine.kid()}, {"id", claim.at("id")}, {"seq", 1}, {"digest", digest_of(text)}}},
                 {"sampled_at", "2026-03-02T01:00:00Z"}};
  entry.personal = {{"note", "巡查正常"},
                    {"field", {{"text", text}, {"signature", mine.sign(text).at("signature")}}}};
  const auto judged = [](const journal::Logged& changed, const keys::PersonKey* key) {
    const auto verdict = judge_claim(changed, key);
    return verdict.objection ? std::string(refusal_row(verdict.objection->code).name)
                             : std::string(verdict.standing == signing::Standing::valid ? "valid" : "erased");
  };
  const auto my_key = key_of(mine), other_key = key_of(other);
  EXPECT_EQ(judged(entry, &my_key), "valid");
  EXPECT_EQ(judged(entry, nullptr), "erased");
  EXPECT_EQ(judged(entry, &other_key), "signature_invalid");
  journal::Logged changed = entry;
  changed.personal["note"] = "另一说法";
  EXPECT_EQ(judged(changed, &my_key), "intent_mismatch");
  changed = entry;
  changed.head.type = "gas_test";
  EXPECT_EQ(judged(changed, &my_key), "intent_mismatch");
  changed = entry;
  changed.facts["field"]["digest"] = digest_of("another");
  EXPECT_EQ(judged(changed, &my_key), "intent_mismatch");
  changed = entry;
  changed.personal = nullptr;
  EXPECT_EQ(judged(changed, &my_key), "erased");
  changed = entry;
  changed.facts["refused"] = Json::object();
  EXPECT_EQ(device_of(changed), "") << "of a refused event nothing is claimed";
}

Claim claim_of(const Json& payload) {
  Claim out;
  out.payload = payload;
  out.wall = k_now + hours(24);  // a day fast
  return out;
}
const Placing k_placing{k_now, k_now + seconds(4), k_now + seconds(2), 2};

TEST(FieldTimes, a_sample_is_counted_back_from_the_earliest_instant_of_its_event) {
  const Json payload = {{"sampled_at", format_time(k_now + hours(24) - minutes(5))}, {"readings", Json::array()}};
  const auto taken = taken_payload(claim_of(payload), k_placing).value();
  EXPECT_EQ(taken.at("sampled_at"), format_time(k_now - minutes(5)));
  EXPECT_EQ(taken.at("readings"), Json::array());
  EXPECT_EQ(taken_payload(claim_of({{"note", "x"}}), k_placing).value(), (Json{{"note", "x"}}));
}

TEST(FieldTimes, a_stretch_of_readings_keeps_its_length) {
  const Json payload = {{"from", format_time(k_now + hours(24) - minutes(30))},
                        {"until", format_time(k_now + hours(24))}};
  const auto taken = taken_payload(claim_of(payload), k_placing).value();
  EXPECT_EQ(taken.at("from"), format_time(k_now - minutes(30)));
  EXPECT_EQ(taken.at("until"), format_time(k_now));
}

TEST(FieldTimes, a_sample_after_its_event_is_impossible) {
  const Json payload = {{"sampled_at", format_time(k_now + hours(24) + seconds(1))}};
  EXPECT_EQ(outcome(taken_payload(claim_of(payload), k_placing)), "time_impossible");
}

TEST(FieldTimes, a_photo_older_than_its_event_is_refused_whatever_the_wall_clock) {
  const auto taken_before = [](minutes by) {
    return [by](std::string_view photo) -> Result<std::optional<Time>> {
      return photo == "aa" ? std::optional<Time>(k_now + hours(24) - by) : std::nullopt;
    };
  };
  for (const Json& payload : {Json{{"photo", "aa"}}, Json{{"photos", {"bb", "aa"}}}}) {
    EXPECT_EQ(outcome(check_photos(claim_of(payload), k_placing, taken_before(minutes(10)))), "ok");
    const auto refused = check_photos(claim_of(payload), k_placing, taken_before(minutes(11)));
    EXPECT_EQ(outcome(refused), "photo_older_than_claimed");
    EXPECT_EQ(refused.error().details.at("actual"), format_time(k_placing.at - minutes(11)));
  }
  EXPECT_EQ(outcome(check_photos(claim_of({{"photo", "bb"}}), k_placing, taken_before(hours(9)))), "ok");
  EXPECT_EQ(outcome(check_photos(claim_of({{"photo", "aa"}}), k_placing, {})), "ok") << "nobody knows";
  const auto foreign = [](std::string_view) { return refuse(Code::photo_not_yours, {{"sha256", "aa"}}); };
  EXPECT_EQ(outcome(check_photos(claim_of({{"photo", "aa"}}), k_placing, foreign)), "photo_not_yours");
}

TEST(FieldMemory, is_for_life_and_has_an_end) {
  Instance permit;
  const auto field = [](size_t n) { return Json{{"device", "k"}, {"id", std::to_string(n)}, {"digest", "d"}}; };
  for (size_t n = 0; n < k_most_events; ++n) {
    ASSERT_TRUE(check_new(permit, field(n)));
    const Json facts = {{"field", field(n)}}, personal = Json::object();
    remember(permit, {"round", "p1", k_now, facts, personal});
    ++permit.version;
  }
  EXPECT_EQ(known(permit, "k", "7")->seq, 7);
  EXPECT_FALSE(known(permit, "other", "7"));
  EXPECT_EQ(outcome(check_new(permit, field(7))), "field_id_reused");
  EXPECT_EQ(outcome(check_new(permit, field(k_most_events))), "field_full");
  EXPECT_EQ(outcome(check_new(permit, {{"device", "other"}, {"id", "7"}, {"digest", "d"}})), "ok") << "of each device";
}

}  // namespace
}  // namespace sparkgate::field
