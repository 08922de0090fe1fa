// Field work without network, the whole way: what devices bring is placed in the server's time, the impossible is
// refused and shown, and nothing is taken twice.
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "admin/fsck.h"
#include "api/sessions.h"
#include "engine/base/codes.h"
#include "tests/support/evidence_desk.h"
#include "tests/support/field_device.h"
#include "tests/support/jpeg.h"
#include "workflows/field/sync.h"

namespace sparkgate {
namespace {

using test::Ask;
using test::FieldDevice;
using test::Got;
using test::Service;

const Json k_here = {{"longitude", "107.617485"}, {"latitude", "29.917942"}, {"accuracy_metres", 5}};
const Json k_at_spot = {{"position", k_here}};

// Each with a photo of its own.
Json round(Service& service, const std::string& login = "fire_watch") {
  static int count = 0;
  return {{"position", k_here}, {"photo", service.photo(login, ++count)}};
}

Json gas(Time sampled, const char* reading = "0.1") {
  return {{"sampled_at", format_time(sampled)},
          {"instrument", "DEMO-GD-01"},
          {"readings",
           {{{"point", "作业点"}, {"substance", "甲烷"}, {"lel_percent", "5"}, {"reading_percent", reading}}}}};
}

// A demonstration office, and permits brought to the state in which a test needs them.
class Field : public testing::Test {
 protected:
  Got post(const std::string& login, const std::string& path, const Json& body = Json::object()) {
    Ask ask{"POST", "/api/v1/permits" + path, login, body};
    const Got now = service.ask({"GET", "/api/v1/permits" + path.substr(0, path.rfind('/')), login});
    if (now.body.contains("version")) ask.headers["if-match"] = now.headers.at("ETag");
    Got got = service.ask(ask);
    EXPECT_LT(got.status, 300) << path << got.text;
    return got;
  }
  Json get(const std::string& login, const std::string& id) {
    return service.ask({"GET", "/api/v1/permits/" + id, login}).body;
  }

  Json application() {
    Json out = *parse_json(R"({
      "unit": "91500230MADEMA01XB", "owner_unit": "91500230MADEMA11X1", "area": "500230111201-01",
      "place": {"address": "1号厂房", "longitude": "107.617485", "latitude": "29.917942", "outdoor": false,
      "confined_space": false, "height_metres": "0"}, "work": "焊接支架", "method": "electric_welding",
      "special_equipment": false, "explosive_place": false, "running_or_pressurised": false,
      "isolated_with_approval": false, "tank_bund": false, "pipe_rack": false, "wind_force": 2, "essential": false,
      "operators": ["T500230198604120315"], "fire_watch": "500230198302140863",
      "person_in_charge": "500230199001011093", "machines": ["DEMO-WM-01"],
      "measures": [{"code": "A.1-8"}, {"code": "A.1-9"}]})");
    out["starts"] = format_time(service.clock.wall());
    out["ends"] = format_time(service.clock.wall() + hours(8));
    return out;
  }
  std::string approved() {
    const std::string id = text_of(post("applicant", "", application()).body, "id"), path = "/" + id;
    post("applicant", path + "/submit");
    const Json scope = get("applicant", id).at("data").at("scope_hash");
    post("site_owner", path + "/consent", {{"scope_hash", scope}});
    post("supervisor1", path + "/approve",
         {{"scope_hash", scope}, {"position", k_here}, {"photo", service.photo("supervisor1")}});
    return id;
  }
  std::string site_ready() {
    const std::string id = approved();
    post("supervisor1", "/" + id + "/confirm_site");
    make_ready(id);
    return id;
  }
  void make_ready(const std::string& id) {
    post("fire_watch", "/" + id + "/watch_checked_in", k_at_spot);
    post("operator", "/" + id + "/briefing_accepted");
    for (const char* code : {"A.1-8", "A.1-9"}) post("applicant", "/" + id + "/measure_confirmed", {{"code", code}});
    post("fire_watch", "/" + id + "/gas_test", gas(service.clock.wall()));
    post("applicant", "/" + id + "/pre_start_check", as_permitted());
  }
  Json as_permitted() {
    Json items = Json::array();
    const Json pack = service.ask({"GET", "/api/v1/packs/cn-gb30871-2022", "applicant"}).body.at("pack");
    for (const Json& item : pack.at("pre_start")) items.push_back({{"code", item.at("code")}, {"as_permitted", true}});
    return {{"items", std::move(items)}, {"position", k_here}};
  }
  std::string in_progress() {
    const std::string id = site_ready();
    post("applicant", "/" + id + "/start");
    return id;
  }

  /// A device whose key is in force.
  std::unique_ptr<FieldDevice> device(const std::string& login, milliseconds wall_off = {}) {
    auto out = std::make_unique<FieldDevice>(service, login, wall_off);
    rings[login] = desk.put_in_force(login, out->key());
    out->see();
    return out;
  }
  /// "1 recorded, 2 refused wrong_state, …"; the events in which a test is not interested left out.
  static std::string outcomes(const Got& got) {
    if (got.status != 200) return got.text;
    std::string out;
    for (const Json& event : got.body.at("events")) {
      out += (out.empty() ? "" : ", ") + event.at("seq").dump() + " " + text_of(event, "outcome");
      if (event.contains("code")) out += " " + text_of(event, "code");
      if (!event.at("kept").get<bool>()) out += " not kept";
    }
    return out;
  }

  /// A sync while nobody can say when a photo was taken.
  std::string sync_without_photos(const FieldDevice& device) {
    Engine& engine = service.app().engine();
    const Json me = service.ask({"GET", "/api/v1/me", device.login()}).body;
    const Actor actor = api::actor_of(*engine.read()->instance(text_of(me, "id"))->instance).value();
    test::SeededRandom random(1);
    field::Marks marks(service.data() / "field_mark_key", random);
    const auto no_photos = [](std::string_view) { return refuse(Code::too_busy); };
    const auto answer = field::sync({engine, marks, no_photos}, field::read_report(device.body()).value(), actor);
    return answer ? outcomes({200, *answer}) : describe(answer.error());
  }

  /// Sends a photo that says when it was taken, by the wall clock of whoever took it; its name.
  std::string photo(const std::string& login, Time taken, int number = 1) {
    test::Exif exif;
    std::string text = format_time(taken).substr(0, 19);
    std::replace(text.begin(), text.begin() + 10, '-', ':');
    text[10] = ' ';
    exif.taken_at = text, exif.offset = "+00:00";
    return service.photo(login, test::with_exif(test::a_jpeg(160, 120, number), exif));
  }

  Service service;
  test::KeyDesk desk{service};
  std::map<std::string, std::string> rings;
};

// One device, two hours without network, 200 events.
struct TwoHours {
  std::map<int64_t, Time> truth;              // by seq
  std::map<int64_t, std::string> impossible;  // by seq, with the refusal
};

TwoHours live_two_hours(Service& service, FieldDevice& watch, const std::string& permit) {
  TwoHours out;
  for (int64_t seq = 1; seq <= 200; ++seq) {
    service.clock.advance(seconds(36));
    const bool tests_gas = seq % 20 == 0;
    Json event = watch.made(permit, seq == 75 ? "complete_watch" : tests_gas ? "gas_test" : "round",
                            seq == 75   ? Json{{"no_residual_fire", true}}
                            : tests_gas ? gas(watch.wall() - minutes(2))
                                        : round(service));
    if (seq == 50) event["monotonic_ms"] = 0;                                             // long before the last one
    if (seq == 51) event["seen"]["mark"] = "1772413200000." + std::string(64, 'a');       // never given
    if (seq == 90) {  // sampled after it was told
      event["event"] = "gas_test";
      event["payload"] = gas(watch.wall() + minutes(1));
    }
    Json sealed = watch.sign(event);
    if (seq == 52) sealed["payload"]["note"] = "另一说法";                                // not what was signed
    watch.keep(sealed);
    out.truth[seq] = service.clock.wall();
  }
  out.impossible = {{50, "field_clock_impossible"}, {51, "field_mark_invalid"}, {52, "signature_invalid"},
                    {75, "field_event_not_allowed"}, {90, "time_impossible"}};
  return out;
}

class FieldClock : public Field, public testing::WithParamInterface<int> {};

// The demonstration that the project promises.
TEST_P(FieldClock, two_hours_offline_and_a_day_wrong_are_placed_right_and_taken_once) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch", hours(24) * GetParam());
  const TwoHours lived = live_two_hours(service, *watch, permit);
  const int64_t before = service.entries();
  const Got first = watch->sync();
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(service.entries(), before + 200) << "each is an entry: 195 of what happened, 5 of conflicts";
  ASSERT_EQ(first.body.at("events").size(), 200u);
  for (const Json& event : first.body.at("events")) {
    const int64_t seq = event.at("seq").get<int64_t>();
    EXPECT_TRUE(event.at("kept").get<bool>());
    if (const auto wrong = lived.impossible.find(seq); wrong != lived.impossible.end()) {
      EXPECT_EQ(text_of(event, "outcome") + " " + text_of(event, "code"), "refused " + wrong->second) << seq;
      continue;
    }
    ASSERT_EQ(text_of(event, "outcome"), "recorded") << event;
    const Time earliest = *parse_time(text_of(event, "earliest")), latest = *parse_time(text_of(event, "latest"));
    EXPECT_TRUE(earliest <= lived.truth.at(seq) && lived.truth.at(seq) <= latest) << event;
    EXPECT_LE(event.at("uncertainty_seconds").get<int64_t>(), 1);
    EXPECT_NEAR(event.at("clock_off_seconds").get<double>(), GetParam() * 86'400.0, 1);
  }
  service.restart();
  const int64_t after = service.entries();
  service.clock.advance(minutes(5));
  Got second = watch->sync();
  EXPECT_EQ(service.entries(), after) << "a second sync changes nothing";
  Json expected = first.body.at("events");
  for (Json& event : expected) event["outcome"] = "already";
  EXPECT_EQ(second.body.at("events"), expected) << "and says the same";
  const Json gas_now = get("fire_watch", permit).at("data").at("gas");
  const Time sampled = *parse_time(text_of(gas_now, "sampled_at")), truth = lived.truth.at(200) - minutes(2);
  EXPECT_TRUE(truth - seconds(2) < sampled && sampled <= truth) << gas_now;
  EXPECT_EQ(get("fire_watch", permit).at("data").at("rounds").at("count"), 185) << "195 less 10 gas tests";
}
INSTANTIATE_TEST_SUITE_P(ADay, FieldClock, testing::Values(1, -1),
                         [](const auto& row) { return row.param > 0 ? "fast" : "slow"; });

TEST_F(Field, a_round_s_photo_is_of_that_round_and_taken_by_whoever_brings_it) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch", hours(24));
  service.clock.advance(minutes(20));
  const Json fresh = {{"position", k_here}, {"photo", photo("fire_watch", watch->wall(), 1)}};
  const Json old = {{"position", k_here}, {"photo", photo("fire_watch", watch->wall() - hours(1), 2)}};
  const Json foreign = {{"position", k_here}, {"photo", photo("fire_watch2", watch->wall(), 3)}};
  const Json none = {{"position", k_here}, {"photo", hex(sha256("never sent"))}};
  for (const Json& payload : {fresh, old, foreign, none}) watch->record(permit, "round", payload);
  EXPECT_EQ(outcomes(watch->sync()),
            "1 recorded, 2 refused photo_older_than_claimed, 3 refused photo_not_yours, 4 refused photo_unknown");
  EXPECT_EQ(service.ask({"POST", "/api/v1/permits/" + permit + "/round", "fire_watch", none}).code(), "photo_unknown");
  const Got online = service.ask({"POST", "/api/v1/permits/" + permit + "/round", "fire_watch", foreign});
  EXPECT_EQ(online.code(), "photo_not_yours") << "with network it is the same";
  EXPECT_EQ(service.ask({"GET", "/api/v1/photos/" + text_of(foreign, "photo"), "fire_watch"}).status, 404)
      << "and none of it has shown the photo";
}

TEST_F(Field, conflicts_are_shown_in_the_readers_language_and_settled_by_a_supervisor) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  service.clock.advance(minutes(10));
  watch->record(permit, "take_over_watch", k_at_spot);
  EXPECT_EQ(outcomes(watch->sync()), "1 refused watch_not_offered");
  const Json shown = get("supervisor1", permit).at("conflicts");
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].at("number"), 1);
  const Json notices = service.ask({"GET", "/api/v1/notices", "supervisor1"}).body.at("items");
  EXPECT_EQ(notices.at(0).at("code"), "permit_conflict");
  EXPECT_EQ(shown[0].at("code"), "watch_not_offered");
  EXPECT_EQ(shown[0].at("title"), "The watch is not yours, or was not handed to you");
  EXPECT_EQ(shown[0].at("event"), "take_over_watch");
  EXPECT_TRUE(shown[0].at("field").contains("earliest"));
  EXPECT_EQ(get("supervisor1", permit).at("data").at("people").at(text_of(shown[0], "by")).at("name"), "冯守安");
  const Got chinese = service.ask({"GET", "/api/v1/permits/" + permit, "supervisor1", nullptr,
                                   {{"accept-language", "zh"}}});
  EXPECT_EQ(chinese.body.at("conflicts")[0].at("title"), "监护不在您名下，或未移交给您");
  const std::string settle = "/api/v1/permits/" + permit + "/settle_conflict";
  const Json note = {{"conflict", 1}, {"note", "已向监护人核实"}};
  EXPECT_EQ(service.ask({"POST", settle, "fire_watch", note}).code(), "role_required");
  EXPECT_EQ(service.ask({"POST", settle, "supervisor1", {{"conflict", 2}, {"note", "无"}}}).code(), "conflict_unknown");
  EXPECT_EQ(service.ask({"POST", settle, "supervisor1", note}).status, 200);
  EXPECT_EQ(service.ask({"POST", settle, "supervisor1", note}).code(), "conflict_unknown") << "settled once";
  const Json settled = get("supervisor1", permit).at("conflicts")[0];
  EXPECT_EQ(settled.at("note"), "已向监护人核实");
  EXPECT_TRUE(settled.at("settled").contains("at"));
}

TEST_F(Field, work_cannot_have_started_before_the_site_was_confirmed) {
  const auto lead = device("applicant");
  const std::string permit = approved();
  lead->record(permit, "start");  // a start before there was leave to
  service.clock.advance(minutes(20));
  post("supervisor1", "/" + permit + "/confirm_site");
  service.clock.advance(minutes(1));
  lead->record(permit, "start");  // later, with nothing made ready
  const Got got = lead->sync();
  EXPECT_EQ(outcomes(got), "1 refused happened_before_state, 2 refused conditions_unmet");
  EXPECT_NE(text_of(got.body.at("events")[0], "title").find("SiteReady"), std::string::npos);
  EXPECT_EQ(get("applicant", permit).at("state"), "SiteReady");
  EXPECT_EQ(get("applicant", permit).at("conflicts")[1].at("findings").size(), 6u) << "all that was missing";
}

TEST_F(Field, start_needs_certainty_and_stopping_does_not) {
  const auto lead = device("applicant");
  service.clock.advance(minutes(1));
  lead->reboot();
  lead->record("none", "start");
  const std::string permit = site_ready();
  service.clock.advance(minutes(10));
  lead->reboot();
  lead->record(permit, "start");  // after a reboot: between the old mark and now, so perhaps before the confirmation
  EXPECT_EQ(outcomes(lead->sync()), "1 refused not_found not kept, 2 refused happened_before_state");
  const auto watch = device("fire_watch");
  service.clock.advance(minutes(5));
  post("applicant", "/" + permit + "/start");
  service.clock.advance(minutes(5));
  watch->reboot();
  watch->record(permit, "suspend", {{"reason", "风力突增"}});
  EXPECT_EQ(outcomes(watch->sync()), "1 recorded");
  EXPECT_EQ(get("applicant", permit).at("state"), "Suspended");
}

TEST_F(Field, a_whole_day_of_one_device_is_taken_in_its_order) {
  const std::string permit = site_ready();
  const auto lead = device("applicant");
  const auto act = [&](const char* event, const Json& payload = Json::object()) {
    service.clock.advance(minutes(10));
    lead->record(permit, event, payload);
  };
  act("start");
  act("suspend", {{"reason", "午休"}});
  act("resume");
  act("finish");
  act("resume");
  EXPECT_EQ(outcomes(lead->sync()), "1 recorded, 2 recorded, 3 recorded, 4 recorded, 5 refused wrong_state");
  const Json data = get("applicant", permit).at("data");
  EXPECT_EQ(get("applicant", permit).at("state"), "FireWatch");
  const Time started = *parse_time(text_of(data.at("started"), "at"));
  EXPECT_NEAR((service.clock.wall() - started).count(), 40 * 60'000, 2'000) << "when it happened, not when it was told";
  const Time ends = *parse_time(text_of(data.at("watch"), "ends_at"));
  EXPECT_GE(ends, service.clock.wall() + minutes(59)) << "no device shortens the watch: it runs from now";
}

TEST_F(Field, what_happened_before_the_server_stopped_the_work_is_recorded) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  service.clock.advance(minutes(10));
  watch->record(permit, "round", round(service));
  service.clock.advance(minutes(10));
  post("supervisor1", "/" + permit + "/suspend", {{"reason", "联系不上现场"}});
  service.clock.advance(minutes(10));
  watch->record(permit, "round", round(service));
  EXPECT_EQ(outcomes(watch->sync()), "1 recorded, 2 refused wrong_state");
  EXPECT_EQ(get("fire_watch", permit).at("state"), "Suspended");
}

TEST_F(Field, a_late_gas_test_never_replaces_a_newer_one) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  service.clock.advance(minutes(10));
  watch->record(permit, "gas_test", gas(watch->wall()));
  service.clock.advance(minutes(10));
  post("fire_watch", "/" + permit + "/gas_test", gas(service.clock.wall(), "0.2"));
  EXPECT_EQ(outcomes(watch->sync()), "1 recorded");
  const Json now = get("fire_watch", permit).at("data").at("gas");
  EXPECT_EQ(now.at("readings")[0].at("reading_percent"), "0.2");
}

TEST_F(Field, an_id_stands_for_one_event) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  Json event = watch->made(permit, "round", round(service));
  watch->keep(watch->sign(event));
  EXPECT_EQ(outcomes(watch->sync()), "1 recorded");
  event["payload"]["note"] = "另一次";
  const Json again = watch->sign(event);
  Json body = watch->body();
  body["events"] = {again};
  const Got got = service.ask({"POST", "/api/v1/field/sync", "fire_watch", body});
  EXPECT_EQ(outcomes(got), "1 refused field_id_reused not kept");
}

TEST_F(Field, what_cannot_be_kept_says_so) {
  const std::string permit = in_progress();
  const auto intake = device("intake");
  intake->record(permit, "round", round(service, "intake"));
  intake->record("00000000-0000-7000-8000-000000000000", "round", round(service, "intake"));
  intake->record(text_of(service.ask({"GET", "/api/v1/units?limit=1", "admin"}).body.at("items").at(0), "id"), "round");
  const int64_t before = service.entries();
  EXPECT_EQ(outcomes(intake->sync()),
            "1 refused not_found not kept, 2 refused not_found not kept, 3 refused not_found not kept");
  EXPECT_EQ(service.entries(), before);
}

TEST_F(Field, conflicts_are_kept_of_those_alone_who_might_have_done_it) {
  const std::string permit = in_progress();
  for (const char* login : {"auditor", "fire_watch"}) {
    const auto theirs = device(login);
    theirs->record(permit, "start");
    const int64_t before = service.entries();
    EXPECT_EQ(outcomes(theirs->sync()), "1 refused role_required not kept") << login;
    EXPECT_EQ(service.entries(), before);
  }
}

TEST_F(Field, a_start_is_not_judged_by_what_was_done_after_it) {
  const auto lead = device("applicant");
  const std::string permit = approved();
  post("supervisor1", "/" + permit + "/confirm_site");
  service.clock.advance(seconds(1));
  lead->record(permit, "start");
  service.clock.advance(seconds(4));
  make_ready(permit);
  const Got got = lead->sync();
  EXPECT_EQ(outcomes(got), "1 refused conditions_unmet");
  EXPECT_EQ(get("applicant", permit).at("state"), "SiteReady");
  const Json findings = get("applicant", permit).at("conflicts")[0].at("findings");
  std::set<std::string> codes;
  for (const Json& finding : findings) codes.insert(text_of(finding, "code"));
  EXPECT_TRUE(codes.contains("happened_before_evidence")) << findings;
  service.clock.advance(seconds(1));
  lead->record(permit, "start");
  EXPECT_EQ(outcomes(lead->sync()), "1 already conditions_unmet, 2 recorded");
}

TEST_F(Field, what_fails_in_passing_is_sent_again_in_its_order) {
  const std::string permit = in_progress(), other = in_progress();
  const auto watch = device("fire_watch");
  service.clock.advance(minutes(1));
  watch->record(permit, "round", round(service));
  watch->record(permit, "watch_checked_out", k_at_spot);
  watch->record(other, "watch_checked_out", k_at_spot);
  EXPECT_EQ(sync_without_photos(*watch),
            "1 refused too_busy not kept, 2 refused too_busy not kept, 3 recorded");
  EXPECT_EQ(get("fire_watch", permit).at("state"), "InProgress");
  EXPECT_EQ(outcomes(watch->sync()), "1 recorded, 2 recorded, 3 already");
}

TEST_F(Field, bad_syncs_are_refused_whole_and_take_nothing) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  const Json good = watch->record(permit, "round", round(service));
  const int64_t before = service.entries();
  const auto code = [&](const std::string& login, const Json& changes) {
    Json body = watch->body();
    body.merge_patch(changes);
    return service.ask({"POST", "/api/v1/field/sync", login, body}).code();
  };
  EXPECT_EQ(code("", Json::object()), "unauthenticated");
  EXPECT_EQ(code("applicant", Json::object()), "key_not_active") << "the key of somebody else";
  EXPECT_EQ(code("fire_watch", {{"device", {{"kid", std::string(64, '0')}}}}), "key_not_active");
  EXPECT_EQ(code("fire_watch", {{"device", {{"kid", "short"}}}}), "payload_invalid");
  EXPECT_EQ(code("fire_watch", {{"events", std::vector<Json>(501, good)}}), "payload_invalid");
  const Json forged = {{"mark", "1.2"}, {"boot", "boot-0"}, {"monotonic_ms", 1}};
  EXPECT_EQ(code("fire_watch", {{"marks", {forged}}}), "field_mark_invalid");
  EXPECT_EQ(service.entries(), before);
  EXPECT_EQ(service.ask({"GET", "/api/v1/field/time", ""}).code(), "unauthenticated");
  EXPECT_EQ(service.ask({"POST", "/api/v1/permits/" + permit + "/field_conflict", "admin", Json::object()}).code(),
            "role_required")
      << "conflicts are the service's to record";
}

TEST_F(Field, nothing_is_taken_from_a_device_whose_key_has_ended) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch");
  watch->record(permit, "round", round(service));
  const std::string end = "/api/v1/" + rings.at("fire_watch") + "/revoke_key";
  Ask ask{"POST", end, "fire_watch", {{"kid", watch->key().kid()}, {"reason", "lost"}}};
  ask.headers["if-match"] = service.ask({"GET", "/api/v1/" + rings.at("fire_watch"), "fire_watch"}).headers.at("ETag");
  ASSERT_EQ(service.ask(ask).status, 200) << service.ask(ask).text;
  EXPECT_EQ(watch->sync().code(), "key_not_active");
}

TEST_F(Field, clients_cannot_say_themselves_when_something_happened) {
  const std::string permit = in_progress();
  const Json field = {{"device", "x"}, {"earliest", "2026-03-02T00:00:00Z"}, {"latest", "2026-03-02T00:00:00Z"}};
  Json body = round(service);
  body["field"] = field;
  const std::string path = "/api/v1/permits/" + permit + "/round";
  EXPECT_EQ(service.ask({"POST", path, "fire_watch", body}).code(), "payload_invalid");
}

TEST_F(Field, events_that_may_come_so_are_named_with_the_workflow) {
  std::set<std::string> named;
  const Json workflow = service.ask({"GET", "/api/v1/workflows/hot_work_permit", "admin"}).body;
  for (const Json& event : workflow.at("events")) {
    if (event.at("field").get<bool>()) named.insert(text_of(event, "name"));
  }
  EXPECT_EQ(named, (std::set<std::string>{"briefing_accepted", "finish", "gas_readings", "gas_test", "hand_over_shift",
                                          "hand_over_watch", "measure_confirmed", "pre_start_check", "resume",
                                          "revalidate", "round", "start", "suspend", "take_over_watch",
                                          "watch_checked_in", "watch_checked_out"}));
  const Json paths = service.ask({"GET", "/api/v1/openapi.json", ""}).body.at("paths");
  EXPECT_EQ(paths.at("/api/v1/permits/{id}/round").at("post").at("x-field"), true);
  EXPECT_EQ(paths.at("/api/v1/permits/{id}/approve").at("post").at("x-field"), false);
}

TEST_F(Field, a_permit_with_such_events_verifies_offline_and_the_store_is_sound) {
  const std::string permit = in_progress();
  const auto watch = device("fire_watch", hours(24));
  TwoHours lived = live_two_hours(service, *watch, permit);
  EXPECT_EQ(watch->sync().status, 200);
  const Got bundle = service.ask({"GET", "/api/v1/permits/" + permit + "/evidence", "auditor"});
  evidence::Trust trust;
  const std::string keys = service.ask({"GET", "/log/vkey", ""}).text;
  trust.logs = {NoteVerifier::parse(keys.substr(0, keys.find('\n'))).value()};
  const auto verdict = test::judge(bundle.text, trust);
  EXPECT_TRUE(test::outcome(verdict).starts_with("valid complete")) << test::outcome(verdict);
  EXPECT_NE(evidence::to_json(*verdict).dump().find("195 entries carry valid signatures"), std::string::npos)
      << "what the device signed is checked, too";
  service.restart([&] {
    admin::FsckOptions options;
    options.data = service.data().string();
    std::ostringstream out, err;
    EXPECT_EQ(admin::fsck(options, out, err), 0) << out.str() << err.str();
  });
}

}  // namespace
}  // namespace sparkgate
