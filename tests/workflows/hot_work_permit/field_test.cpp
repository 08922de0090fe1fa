// When an event from the field counts, by the states that the permit was in; and what a verifier makes of it.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/town.h"
#include "workflows/hot_work_permit/field.h"
#include "workflows/hot_work_permit/site.h"

namespace sparkgate {
namespace {

using test::Town;

const Time k_nine = test::a_monday();

template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "ok" : std::string(refusal_row(result.error().code).name);
}

// Approved at nine, site confirmed at ten, work from eleven, stopped at noon.
Instance stopped_at_noon() {
  Instance permit;
  permit.state = "Suspended";
  int hour = 0;
  for (const char* state : {"Approved", "SiteReady", "InProgress", "Suspended"}) {
    permit.data["states"].push_back({{"state", state}, {"since", format_time(k_nine + hours(hour++))}});
  }
  return permit;
}

struct Row {
  const char* event;
  double from, until;  // hours after nine
  const char* expected;
};
constexpr Row k_rows[] = {
    {"gas_test", -0.5, -0.1, "happened_before_state"},
    {"gas_test", -0.5, 0.1, "ok"},  // perhaps after the approval
    {"gas_test", 0.5, 0.6, "ok"},
    {"round", 1.5, 1.9, "happened_before_state"},  // work had not begun
    {"round", 1.5, 2.1, "ok"},
    {"round", 2.5, 2.6, "ok"},  // the stop came later
    {"suspend", -1, -0.5, "happened_before_state"},
    {"suspend", 2.5, 2.6, "ok"},
    {"finish", 2.5, 2.6, "ok"},
    {"resume", 2.9, 3.5, "happened_before_state"},  // only what is certain lets work go on
    {"resume", 3.1, 3.5, "ok"},
    {"start", 0.9, 1.2, "happened_before_state"},
};

TEST(PermitField, counts_when_it_could_have_happened_then) {
  const Instance permit = stopped_at_noon();
  for (const Row& row : k_rows) {
    const auto at = [](double hour) { return k_nine + minutes(static_cast<int>(hour * 60)); };
    const field::Happened when{at(row.from), at(row.until)};
    EXPECT_EQ(outcome(permit::check_when(permit, row.event, when)), row.expected)
        << row.event << " from " << row.from << " until " << row.until;
  }
}

TEST(PermitField, a_verifier_refuses_times_that_cannot_be) {
  const Instance permit = stopped_at_noon();
  const auto rechecked = [&](Time earliest, Time latest) {
    const Json facts = {{"field", {{"earliest", format_time(earliest)}, {"latest", format_time(latest)}}}};
    const Json personal = Json::object();
    return outcome(permit::recheck_field(permit, {"round", "p1", k_nine + hours(4), facts, personal}));
  };
  const Time then = k_nine + minutes(150);
  EXPECT_EQ(rechecked(then, then + minutes(1)), "ok");
  EXPECT_EQ(rechecked(then, then - milliseconds(1)), "field_clock_impossible");
  EXPECT_EQ(rechecked(then, k_nine + hours(4) + milliseconds(1)), "field_clock_impossible") << "later than told";
  EXPECT_EQ(rechecked(k_nine, k_nine + minutes(1)), "happened_before_state");
}

// What the service says of a command, as a sync makes it.
Json provenance(const std::string& id, Time at, const char* event = "round", const char* device = "k") {
  const Json field = {{"device", device}, {"id", id}, {"seq", 1}, {"digest", "d"},
                      {"earliest", format_time(at)}, {"latest", format_time(at)}, {"at", format_time(at)},
                      {"uncertainty_seconds", 0}};
  const Json refused = {{"event", event}, {"payload", Json::object()}, {"code", "wrong_state"},
                        {"details", Json::object()}, {"findings", Json::array()}};
  return {{"field", field}, {"proof", {{"text", "{}"}, {"signature", ""}}}, {"refused", refused}};
}

Result<Receipt> send(Town& town, const std::string& id, const std::string& event, const Json& from,
                     const char* login = "fire_watch") {
  Command command;
  command.workflow = "hot_work_permit";
  command.instance = id;
  command.event = event;
  command.actor = town.actor(login);
  command.expected_version = town.get(id)->version;
  command.provenance = from;
  return town.engine().execute(command);
}

TEST(PermitField, takes_no_other_event_from_devices_and_each_once) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.clock.advance(minutes(1));
  EXPECT_EQ(outcome(send(town, id, "complete_watch", provenance("1", town.clock.wall()))), "field_event_not_allowed");
  EXPECT_EQ(outcome(send(town, id, "round", provenance("1", town.clock.wall()))), "ok");
  EXPECT_EQ(outcome(send(town, id, "round", provenance("1", town.clock.wall()))), "field_id_reused");
}

TEST(PermitField, replay_gives_conflicts_and_late_events_again) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  const Time working = town.clock.wall() + minutes(1);
  town.clock.advance(minutes(2));
  town.must("supervisor1", id, "suspend", {{"reason", "试验"}});
  EXPECT_EQ(outcome(send(town, id, "round", provenance("1", working))), "ok");
  EXPECT_EQ(outcome(send(town, id, "field_conflict", provenance("2", working))), "ok");
  town.must("supervisor1", id, "settle_conflict", {{"conflict", 1}, {"note", "已核实"}});
  const auto again = replay(town.permits(), town.engine().read()->entries(id));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data, town.get(id)->data);
  EXPECT_EQ(*again->personal, *town.get(id)->personal);
  EXPECT_EQ(town.get(id)->data.at("rounds").at("last_at"), format_time(working)) << "no round looks fresher than it is";
}

TEST(PermitField, keeps_nothing_personal_once_it_was_erased) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "Closed");
  EXPECT_EQ(outcome(send(town, id, "field_conflict", provenance("1", town.clock.wall()))), "ok");
  town.clock.advance(hours(24) * 4 * 365);
  ASSERT_TRUE(town.engine().tick());
  ASSERT_TRUE(town.get(id)->data.contains("erased_at"));
  EXPECT_EQ(permit::conflicts_of(*town.get(id)).at(0).value("payload", Json()), Json());
  EXPECT_EQ(outcome(send(town, id, "field_conflict", provenance("2", town.clock.wall()))), "not_found")
      << "who took part is forgotten, so it is not theirs to see";
  const Json late = provenance("2", town.clock.wall(), "finish");
  EXPECT_EQ(outcome(send(town, id, "field_conflict", late, "applicant")), "wrong_state");
}

// Ready at a quarter past: all that a start relies on is there, and a hold which is released.
struct Ready {
  Town town;
  std::string id = town.draft();
  Time start_at;

  Ready() {
    town.lead(id, "SiteReady");
    town.clock.advance(minutes(15));
    town.make_site_fit(id);
    town.must("supervisor1", id, "suspend");
    start_at = town.clock.wall() + seconds(1);
    town.clock.advance(seconds(4));
  }
  // What the start relies on is there once more, later than the start.
  void repeat(const std::string& event, const std::string& who) {
    if (event == "watch_checked_in") town.must(who, id, "watch_checked_out");
    town.must(who, id, event);
  }
  std::string start(const char* number) {
    return Town::outcome(send(town, id, "start", provenance(number, start_at), "applicant"));
  }
};

TEST(PermitField, work_does_not_begin_by_what_came_after_its_beginning) {
  struct {
    const char *event, *who, *expected;
  } const relied_on[] = {
      {"watch_checked_in", "fire_watch", "happened_before_evidence"},
      {"briefing_accepted", "operator", "happened_before_evidence"},
      {"measure_confirmed", "applicant", "happened_before_evidence"},
      {"gas_test", "fire_watch", "conditions_unmet: happened_before_evidence, gas_test_missing"},
      {"pre_start_check", "applicant", "conditions_unmet: happened_before_evidence, pre_start_check_missing"},
  };
  for (const auto& [event, who, expected] : relied_on) {
    Ready ready;
    ready.town.must("supervisor1", ready.id, "release_hold");
    ready.start_at = ready.town.clock.wall();
    ready.town.clock.advance(seconds(4));
    ready.repeat(event, who);
    EXPECT_EQ(ready.start("1"), expected) << event;
  }
}

TEST(PermitField, a_hold_that_was_released_later_still_held_the_work_then) {
  Ready ready;
  ready.town.must("supervisor1", ready.id, "release_hold");
  EXPECT_EQ(ready.start("1"), "happened_before_evidence");
  ready.start_at = ready.town.clock.wall();
  EXPECT_EQ(ready.start("2"), "ok");
}

TEST(PermitField, work_does_not_go_on_by_what_came_after) {
  Ready ready;
  Town& town = ready.town;
  town.must("supervisor1", ready.id, "release_hold");
  town.must("applicant", ready.id, "start");
  town.must("applicant", ready.id, "suspend");
  ready.start_at = town.clock.wall() + seconds(1);
  town.clock.advance(seconds(2));
  town.must("fire_watch", ready.id, "gas_test");
  const Json then = provenance("1", ready.start_at), now = provenance("2", town.clock.wall());
  EXPECT_EQ(Town::outcome(send(town, ready.id, "resume", then, "applicant")),
            "conditions_unmet: happened_before_evidence, gas_test_missing");
  EXPECT_EQ(Town::outcome(send(town, ready.id, "resume", now, "applicant")), "ok");
}

TEST(PermitField, nothing_is_fresh_before_it_was_found) {
  Town town;
  const std::string id = town.draft(town.application({{"tank_bund", true}}));
  town.lead(id, "SiteReady");
  town.make_site_fit(id);
  town.must("fire_watch", id, "gas_readings");
  const Instance permit = *town.get(id);
  const rules::Pack& pack = *permit::pack_of(permit, town.packs());
  const auto facts = [&](Time at) { return permit::site_facts(permit, pack, at); };
  const Time found = town.clock.wall();
  const Json then = facts(found), before = facts(found - hours(1));
  EXPECT_EQ(then.at("gas").at("age_minutes"), 0);
  EXPECT_TRUE(before.at("pre_start_age_minutes").is_null()) << before;
  EXPECT_TRUE(before.at("gas").at("monitoring_age_minutes").is_null()) << before;
  EXPECT_EQ(before.at("gas").at("tested"), false) << before;
  EXPECT_FALSE(before.at("gas").contains("age_minutes")) << before;
}

TEST(PermitField, whoever_has_left_is_not_back_by_what_is_told_late) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  const auto is_there = [&] { return town.get(id)->data.at("watch").at("on_site").get<bool>(); };
  const auto tell = [&](const char* number, const char* event, Time at) {
    return outcome(send(town, id, event, provenance(number, at)));
  };
  const Time in = town.clock.wall() + seconds(1), left = in + seconds(10);
  town.clock.advance(minutes(1));
  EXPECT_EQ(tell("2", "watch_checked_out", left), "ok");
  EXPECT_EQ(tell("1", "watch_checked_in", in), "ok") << "recorded all the same";
  EXPECT_FALSE(is_there());
  town.must("fire_watch", id, "watch_checked_in");
  EXPECT_TRUE(is_there());
  town.must("applicant", id, "resume");
  EXPECT_EQ(tell("3", "watch_checked_out", left), "ok");
  EXPECT_TRUE(is_there()) << "that was before they came back";
  EXPECT_EQ(town.state(id), "InProgress");
}

TEST(PermitField, whoever_said_to_have_left_is_not_back_by_what_came_before) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  town.must("fire_watch", id, "watch_checked_out");
  const Time in = town.clock.wall() + seconds(1);
  town.clock.advance(minutes(1));
  const Json refused = provenance("2", in + seconds(10), "watch_checked_out");
  EXPECT_EQ(outcome(send(town, id, "watch_checked_out", refused)), "watch_absent");
  EXPECT_EQ(outcome(send(town, id, "field_conflict", refused)), "ok");
  EXPECT_EQ(outcome(send(town, id, "watch_checked_in", provenance("1", in))), "ok");
  EXPECT_EQ(town.get(id)->data.at("watch").at("on_site"), false);
}

TEST(PermitField, keeps_what_is_refused_of_those_who_might_have_done_it_and_not_without_end) {
  Town town;
  const std::string id = town.draft();
  town.lead(id, "InProgress");
  const auto keep = [&](size_t number, const char* device, const char* login) {
    const Json from = provenance(std::to_string(number), town.clock.wall(), "round", device);
    return outcome(send(town, id, "field_conflict", from, login));
  };
  EXPECT_EQ(keep(0, "a", "auditor"), "role_required");
  EXPECT_EQ(keep(0, "a", "applicant"), "role_required");
  for (size_t n = 0; n < field::k_most_refused; ++n) ASSERT_EQ(keep(n, "k", "fire_watch"), "ok");
  EXPECT_EQ(keep(field::k_most_refused, "k", "fire_watch"), "field_full");
  EXPECT_EQ(keep(0, "other", "fire_watch"), "ok") << "each device has its own";
  town.clock.advance(seconds(1));
  EXPECT_EQ(outcome(send(town, id, "round", provenance("x", town.clock.wall()))), "ok");
}

}  // namespace
}  // namespace sparkgate
