// What an inspection takes and refuses, what it keeps of the permit it was shown, and what it sets in motion.
#include <gtest/gtest.h>

#include "engine/base/codes.h"
#include "tests/support/inspection_desk.h"
#include "tests/support/permit_states.h"
#include "workflows/diagram.h"

namespace sparkgate {
namespace {

using test::InspectionDesk;
using test::Town;

const Json k_far = {{"longitude", "107.717485"}, {"latitude", "29.917942"}, {"accuracy_metres", 5}};

class Inspection : public testing::Test {
 protected:
  std::string in_progress() { return test::permit_in(town, "InProgress"); }
  std::string outcome(const std::string& login, const std::string& id, const std::string& event,
                      const Json& payload = Json::object()) {
    return Town::outcome(desk.inspect(login, id, event, payload));
  }
  std::string release(const std::string& login, const std::string& permit) {
    return Town::outcome(town.send(login, permit, "release_hold", {{"hold", 2}, {"reason", "已整改"}}));
  }
  Town town;
  InspectionDesk desk{town};
};

TEST_F(Inspection, diagram_is_the_table) {
  EXPECT_EQ(diagram(town.workflow("inspection").description()),
            "stateDiagram-v2\n"
            "    [*] --> Open : open\n"
            "    [*] --> Referred : refer\n"
            "    Referred --> Open : begin\n"
            "    Referred --> Withdrawn : withdraw\n"
            "    Open --> Concluded : conclude\n"
            "    Open --> Withdrawn : withdraw\n"
            "    Concluded --> [*]\n"
            "    Withdrawn --> [*]\n");
}

TEST_F(Inspection, that_the_office_refers_is_begun_on_site_by_an_inspector_and_concluded_as_any_other) {
  const std::string permit = in_progress();
  const std::string id = desk.refer({{"permit", permit}});
  EXPECT_EQ(town.get(id)->state, "Referred");
  EXPECT_FALSE(town.get(id)->data.contains("items")) << "the checklist is that of the day on which it begins";
  EXPECT_EQ(outcome("grid_worker", id, "record", {{"results", {{{"item", "watch_present"}, {"result", "pass"}}}}}),
            "wrong_state");
  EXPECT_EQ(outcome("grid_worker", id, "begin"), "position_required");
  EXPECT_EQ(outcome("grid_worker", id, "begin", {{"position", k_far}}), "not_on_site");
  EXPECT_EQ(outcome("applicant", id, "begin", {{"position", desk.here()}}), "not_found") << "it is nothing of theirs";
  desk.must("grid_worker", id, "begin", {{"position", desk.here()}, {"note", "到场"}});
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(town.get(id)->state, "Concluded");
  EXPECT_EQ(desk.violations_of(id).size(), 1u);
  EXPECT_EQ(text_of(*town.get(id)->personal, "referral"), "有人反映动火无人监护");
  EXPECT_EQ(text_of(*town.get(id)->personal, "note"), "到场");
}

TEST_F(Inspection, is_referred_by_the_system_alone_also_where_nobody_has_a_permit) {
  const Json place = {{"area", "500230111201-01"}, {"address", "河边空地"}};
  const std::string id = desk.refer(place);
  EXPECT_TRUE(desk.reads("grid_worker", id));
  EXPECT_FALSE(desk.reads("applicant", id));
  desk.must("inspector", id, "begin", {{"position", k_far}});
  EXPECT_TRUE(town.get(id)->data.contains("items"));
  Json body = place;
  body["note"] = "假的";
  EXPECT_EQ(outcome("inspector", "", "refer", body), "role_required");
}

// A photo that nothing links to is gone after a day.
TEST_F(Inspection, links_every_photo_that_its_entries_bear) {
  const std::string at_opening(64, 'a'), replaced(64, 'b'), newest(64, 'c');
  Json body = desk.at_permit(in_progress());
  body["photos"] = {at_opening};
  const std::string id = desk.open(body);
  for (const std::string& photo : {replaced, newest}) {
    const Json result = {{"item", "watch_present"}, {"result", "fail"}, {"note", "不在场"}, {"photos", {photo}}};
    desk.must("grid_worker", id, "record", {{"results", {result}}});
  }
  for (const std::string& photo : {at_opening, replaced, newest}) {
    EXPECT_EQ(town.engine().read()->linked("inspection", "photo", photo), std::vector{id}) << photo;
  }
}

TEST_F(Inspection, open_is_for_who_inspects_in_that_area_and_on_site) {
  const std::string permit = in_progress();
  const Json nothing = nullptr;
  struct Row {
    const char* login;
    Json changes;
    const char* outcome;
  };
  const Row rows[] = {
      {"grid_worker", Json::object(), "ok"},
      {"inspector", Json::object(), "ok"},
      {"enforcement", Json::object(), "ok"},
      {"supervisor1", Json::object(), "ok"},
      {"applicant", Json::object(), "role_required"},
      {"auditor", Json::object(), "role_required"},
      {"admin", Json::object(), "role_required"},
      {"system", Json::object(), "role_required"},
      {"grid_worker", {{"notice_code", nothing}, {"permit", permit}}, "ok"},
      {"grid_worker", {{"notice_code", "NOSUCHCODE22"}}, "unknown_reference"},
      {"grid_worker", {{"notice_code", nothing}, {"permit", "nowhere"}}, "unknown_reference"},
      {"grid_worker", {{"permit", permit}}, "payload_invalid"},
      {"grid_worker", {{"notice_code", nothing}}, "payload_invalid"},
      {"grid_worker", {{"unit", "91500230MADEMA01XB"}}, "payload_invalid"},
      {"grid_worker", {{"position", nothing}}, "position_required"},
      {"grid_worker", {{"position", k_far}}, "not_on_site"},
      {"grid_worker", {{"position", {{"accuracy_metres", nothing}}}}, "payload_invalid"},
  };
  for (const Row& row : rows) {
    Json body = desk.at_permit(permit);
    body.merge_patch(row.changes);
    EXPECT_EQ(outcome(row.login, "", "open", body), row.outcome) << row.login << " " << row.changes;
  }
}

TEST_F(Inspection, open_elsewhere_is_for_that_area_s_people) {
  const std::string permit = test::permit_in(town, "Draft");
  const std::string elsewhere = town.draft(town.application({{"area", "500230111202-01"}}));
  EXPECT_EQ(outcome("grid_worker", "", "open", desk.at_permit(elsewhere)), "role_required") << "a notice is public";
  Json by_id = desk.at_permit(elsewhere);
  by_id.erase("notice_code");
  by_id["permit"] = elsewhere;
  EXPECT_EQ(outcome("grid_worker", "", "open", by_id), "unknown_reference") << "an id is not";
  EXPECT_EQ(outcome("inspector", "", "open", by_id), "ok");

  Json place = InspectionDesk::at_place();
  EXPECT_EQ(outcome("grid_worker", "", "open", place), "ok");
  place["area"] = "500230111202-01";
  EXPECT_EQ(outcome("grid_worker", "", "open", place), "role_required");
  EXPECT_EQ(outcome("inspector", "", "open", place), "ok");
  place["area"] = "999";
  EXPECT_EQ(outcome("inspector", "", "open", place), "unknown_reference");
  place = InspectionDesk::at_place();
  place.erase("position");
  EXPECT_EQ(outcome("grid_worker", "", "open", place), "position_required");
  place = InspectionDesk::at_place();
  place.erase("address");
  EXPECT_EQ(outcome("grid_worker", "", "open", place), "payload_invalid");
}

TEST_F(Inspection, nobody_inspects_what_they_take_part_in) {
  const std::string permit = town.draft(town.application({{"person_in_charge", "500230198512121150"}}));  // inspector
  EXPECT_EQ(outcome("inspector", "", "open", desk.at_permit(permit)), "separation_of_duties");
  const std::string id = desk.open(desk.at_permit(permit));
  for (const char* event : {"record", "conclude"}) {
    const Json body = event == std::string("record")
                          ? Json{{"results", {{{"item", "watch_present"}, {"result", "pass"}}}}}
                          : InspectionDesk::conclusion();
    EXPECT_EQ(outcome("inspector", id, event, body), "separation_of_duties") << event;
  }
}

TEST_F(Inspection, keeps_the_permit_as_it_was_shown) {
  const std::string permit = in_progress();
  const InstancePtr shown = town.get(permit);
  const std::string id = desk.open(desk.at_permit(permit));
  town.must("applicant", permit, "finish");
  const Json seen = town.get(id)->data.at("permit");
  EXPECT_EQ(seen.at("id"), permit);
  EXPECT_EQ(seen.at("number"), shown->data.at("number"));
  EXPECT_EQ(seen.at("state"), "InProgress");
  EXPECT_EQ(seen.at("version"), shown->version);
  EXPECT_EQ(seen.at("head"), hex(shown->head));
  EXPECT_EQ(seen.at("watch_on_site"), true);
  EXPECT_EQ(seen.at("grade"), "two");
  EXPECT_EQ(seen.at("ends"), shown->data.at("application").at("ends"));
  EXPECT_EQ(town.get(id)->data.at("on_site_metres"), 0);
}

TEST_F(Inspection, a_later_result_replaces_the_earlier_one_and_both_entries_stay) {
  const std::string id = desk.open(desk.at_permit(in_progress()));
  const auto send = [&](const Json& result) { return outcome("grid_worker", id, "record", {{"results", {result}}}); };
  EXPECT_EQ(send({{"item", "no_such_item"}, {"result", "pass"}}), "item_unknown");
  EXPECT_EQ(send({{"item", "watch_present"}, {"result", "fail"}}), "opinion_required");
  EXPECT_EQ(send({{"item", "watch_present"}, {"result", "perhaps"}}), "payload_invalid");
  EXPECT_EQ(send({{"item", "watch_present"}, {"result", "fail"}, {"note", "无人"}}), "ok");
  const Workflow& workflow = town.workflow("inspection");
  const auto shown = [&] {
    const auto reader = town.engine().read();
    return workflow.show(*town.get(id), town.actor("inspector"), ReaderView(*reader)).at("results").at("watch_present");
  };
  EXPECT_EQ(shown().at("result"), "fail");
  EXPECT_EQ(shown().at("note"), "无人");
  desk.must("inspector", id, "record", {{"results", {{{"item", "watch_present"}, {"result", "pass"}}}}});
  EXPECT_EQ(shown().at("result"), "pass");
  EXPECT_EQ(shown().at("by"), "p2");
  EXPECT_FALSE(shown().contains("note"));
  EXPECT_EQ(town.engine().read()->entries(id).size(), 3u);
}

TEST_F(Inspection, conclude_wants_a_result_for_every_item) {
  const std::string id = desk.open(InspectionDesk::at_place());
  const Json first = {{"item", "work_permitted"}, {"result", "pass"}};
  const Json second = {{"item", "watch_there"}, {"result", "pass"}};
  desk.must("grid_worker", id, "record", {{"results", {first, second}}});
  EXPECT_EQ(outcome("grid_worker", id, "conclude", InspectionDesk::conclusion()),
            "checklist_incomplete: operators_certified, combustibles_cleared, cylinders_apart, extinguishers_ready");
  desk.record_all(id, {{"cylinders_apart", "not_applicable"}});
  EXPECT_EQ(outcome("inspector", id, "conclude", InspectionDesk::conclusion()), "not_the_named_person");
  EXPECT_EQ(outcome("grid_worker", id, "conclude", InspectionDesk::conclusion()), "ok");
  EXPECT_EQ(outcome("grid_worker", id, "conclude", InspectionDesk::conclusion()), "wrong_state");
  EXPECT_TRUE(desk.violations_of(id).empty());
}

TEST_F(Inspection, stop_work_holds_the_permit_until_somebody_lifts_it) {
  const std::string permit = in_progress();  // hold 1 lies behind it
  const std::string id = desk.open(desk.at_permit(permit));
  const Json reason = {{"reason", "下方有可燃物"}};
  EXPECT_EQ(outcome("grid_worker", id, "stop_work", reason), "ok");
  EXPECT_EQ(town.state(permit), "Suspended");
  EXPECT_EQ(desk.holds(permit), "inspection grid_worker");
  EXPECT_EQ(town.get(permit)->data.at("holds").at(0).at("ref"), id);
  EXPECT_EQ(Town::outcome(town.send("applicant", permit, "resume")), "holds_remain") << "it does not mend itself";
  EXPECT_EQ(outcome("grid_worker", id, "stop_work", reason), "work_already_stopped");
  EXPECT_EQ(outcome("grid_worker", id, "withdraw", reason), "work_already_stopped");
  EXPECT_EQ(release("applicant", permit), "role_required");
  EXPECT_EQ(release("fire_watch", permit), "role_required");
  EXPECT_EQ(release("inspector", permit), "ok");
  EXPECT_EQ(Town::outcome(town.send("applicant", permit, "resume")), "ok");
}

TEST_F(Inspection, what_enforcement_stopped_enforcement_alone_lifts) {
  const std::string permit = in_progress();
  const std::string id = desk.must("enforcement", "", "open", desk.at_permit(permit)).instance;
  desk.must("enforcement", id, "stop_work", {{"reason", "无证作业人员"}});
  EXPECT_EQ(desk.holds(permit), "inspection enforcement");
  for (const char* login : {"grid_worker", "inspector", "supervisor1"}) {
    EXPECT_EQ(release(login, permit), "role_required") << login;
  }
  EXPECT_EQ(release("enforcement", permit), "ok");
}

TEST_F(Inspection, stop_work_needs_work_that_can_be_stopped) {
  const Json reason = {{"reason", "原因"}};
  const std::string place = desk.open(InspectionDesk::at_place());
  EXPECT_EQ(outcome("grid_worker", place, "stop_work", reason), "nothing_to_stop");
  const std::pair<const char*, const char*> k_states[] = {
      {"Draft", "nothing_to_stop"}, {"UnderReview", "nothing_to_stop"}, {"Approved", "ok"},
      {"SiteReady", "ok"},          {"Suspended", "ok"},                {"FireWatch", "nothing_to_stop"},
      {"Closed", "nothing_to_stop"}};
  for (const auto& [state, expected] : k_states) {
    Town other;
    InspectionDesk there(other);
    const std::string id = there.open(there.at_permit(test::permit_in(other, state)));
    EXPECT_EQ(Town::outcome(there.inspect("grid_worker", id, "stop_work", reason)), expected) << state;
  }
}

TEST_F(Inspection, violations_open_one_record_and_stop_the_work) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  desk.record_all(id, {{"watch_present", "fail"}, {"no_parallel_work", "fail"}, {"extinguishers_ready", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(town.get(id)->data.at("concluded").at("outcome"),
            (Json{{"failed", {"watch_present", "no_parallel_work", "extinguishers_ready"}},
                  {"violations", {"watch_present", "no_parallel_work"}}}));
  const auto violations = desk.violations_of(id);
  ASSERT_EQ(violations.size(), 1u);
  const Json& data = violations[0]->data;
  EXPECT_EQ(violations[0]->state, "Recorded");
  EXPECT_EQ(data.at("permit"), permit);
  EXPECT_EQ(data.at("unit"), "91500230MADEMA01XB");
  EXPECT_EQ(data.at("address"), "1号厂房");
  ASSERT_EQ(data.at("items").size(), 2u);
  EXPECT_EQ(data.at("items")[0].at("clause"), "4.10");
  EXPECT_EQ(data.at("items")[1].at("code"), "no_parallel_work");
  EXPECT_EQ(town.state(permit), "Suspended");
  EXPECT_EQ(desk.holds(permit), "inspection grid_worker");
}

TEST_F(Inspection, work_that_it_stopped_is_not_stopped_twice) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  desk.must("grid_worker", id, "stop_work", {{"reason", "无人监护"}});
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(desk.holds(permit), "inspection grid_worker");
  EXPECT_EQ(desk.violations_of(id).size(), 1u);
}

// Who lifted the stop had seen something else mended: what is concluded afterwards stops the work again.
TEST_F(Inspection, a_violation_stops_the_work_though_an_earlier_stop_was_lifted) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  desk.must("grid_worker", id, "stop_work", {{"reason", "火花飞溅"}});
  ASSERT_EQ(release("inspector", permit), "ok");
  town.must("applicant", permit, "resume");
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(town.state(permit), "Suspended");
  EXPECT_EQ(desk.holds(permit), "inspection grid_worker");
}

TEST_F(Inspection, another_inspection_s_hold_does_not_stand_for_its_own) {
  const std::string permit = in_progress();
  const std::string first = desk.open(desk.at_permit(permit)), second = desk.open(desk.at_permit(permit));
  desk.must("grid_worker", first, "stop_work", {{"reason", "火花飞溅"}});
  desk.record_all(second, {{"watch_present", "fail"}});
  desk.conclude(second);
  EXPECT_EQ(desk.holds(permit), "inspection grid_worker; inspection grid_worker");
}

TEST_F(Inspection, a_pause_of_the_applicant_s_does_not_escape_a_violation) {
  const std::string permit = test::permit_in(town, "Suspended");
  const std::string id = desk.open(desk.at_permit(permit));
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(desk.holds(permit), "pause applicant; inspection grid_worker");
  EXPECT_EQ(Town::outcome(town.send("applicant", permit, "resume")), "holds_remain");
}

TEST_F(Inspection, a_hazard_alone_neither_stops_work_nor_opens_a_record) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  desk.record_all(id, {{"extinguishers_ready", "fail"}});
  desk.conclude(id);
  EXPECT_EQ(town.state(permit), "InProgress");
  EXPECT_TRUE(desk.violations_of(id).empty());
}

TEST_F(Inspection, is_read_by_the_units_once_concluded) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  const auto readers = [&] {
    std::string out;
    for (const char* login : {"applicant", "site_owner", "operator", "fire_watch", "supervisor1", "grid_worker",
                              "inspector", "enforcement", "intake", "auditor", "admin", "system"}) {
      if (desk.reads(login, id)) out += std::string(login) + " ";
    }
    return out;
  };
  EXPECT_EQ(readers(), "supervisor1 grid_worker inspector enforcement auditor system ");
  desk.record_all(id);
  desk.conclude(id);
  EXPECT_EQ(readers(), "applicant site_owner supervisor1 grid_worker inspector enforcement auditor system ");
}

TEST_F(Inspection, tells_both_units_and_enforcement) {
  const std::string id = desk.open(desk.at_permit(in_progress()));
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  const auto newest = [&](const char* login) {
    const auto notices = town.engine().read()->notices(town.actor(login), INT64_MAX, 1);
    return notices.empty() ? "" : notices[0].notice.code;
  };
  EXPECT_EQ(newest("site_owner"), "inspection_concluded");
  EXPECT_EQ(newest("enforcement"), "violation_recorded");
  const auto notices = town.engine().read()->notices(town.actor("applicant"), INT64_MAX, 2);
  EXPECT_EQ(notices.at(1).notice.code, "inspection_concluded") << "and then that the permit is suspended";
}

TEST_F(Inspection, without_a_checklist_in_the_pack_is_refused) {
  const std::string permit = in_progress();
  town.add_pack({{"inspection", nullptr}});
  EXPECT_EQ(outcome("grid_worker", "", "open", InspectionDesk::at_place()), "checklist_absent");
  EXPECT_EQ(outcome("grid_worker", "", "open", desk.at_permit(permit)), "ok") << "judged by the pack of its day";
}

TEST_F(Inspection, takes_the_checklist_of_the_permit_s_pack_or_of_a_newer_one_of_its_kind) {
  town.offer_packs({"cn-gb30871-2022", "nfpa-51b"});
  const std::string foreign = town.draft(town.application({{"pack", "nfpa-51b"}, {"measures", {{{"code", "watch"}}}}}));
  EXPECT_EQ(town.get(desk.open(desk.at_permit(foreign)))->data.at("pack").at("id"), "nfpa-51b");

  const Json checklist = town.packs().latest("cn-gb30871-2022")->json().at("inspection");
  town.add_pack({{"inspection", nullptr}});
  const std::string permit = town.draft();
  town.lead(permit, "UnderReview");
  EXPECT_EQ(outcome("grid_worker", "", "open", desk.at_permit(permit)), "checklist_absent");
  town.add_pack({{"version", "1000"}, {"inspection", checklist}});
  EXPECT_EQ(town.get(desk.open(desk.at_permit(permit)))->data.at("pack").at("version"), "1000");
}

TEST_F(Inspection, replays_and_is_erased_when_its_retention_ends) {
  const std::string id = desk.open(desk.at_permit(in_progress()));
  desk.record_all(id, {{"watch_present", "fail"}});
  desk.conclude(id);
  EXPECT_TRUE(town.get(id)->personal->contains("conclusion"));
  town.clock.advance(hours(24) * 3 * 365 + minutes(1));
  ASSERT_TRUE(town.engine().tick());
  const InstancePtr now = town.get(id);
  EXPECT_TRUE(now->personal->empty()) << *now->personal;
  EXPECT_TRUE(now->data.contains("erased_at"));
  EXPECT_EQ(now->data.at("results").at("watch_present").at("result"), "fail");
  const auto again = replay(town.workflow("inspection"), town.engine().read()->entries(id));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data, now->data);
  EXPECT_EQ(again->state, "Concluded");
}

TEST_F(Inspection, is_found_by_its_permit_its_areas_and_its_units) {
  const std::string permit = in_progress();
  const std::string id = desk.open(desk.at_permit(permit));
  const auto reader = town.engine().read();
  const ReaderView view(*reader);
  const std::pair<const char*, std::string> k_links[] = {{"permit", permit},
                                                         {"area", "500230111201-01"},
                                                         {"area", "500230"},
                                                         {"unit_code", "91500230MADEMA01XB"},
                                                         {"unit_code", "91500230MADEMA11X1"},
                                                         {"person", town.actor("grid_worker").person}};
  for (const auto& [kind, ref] : k_links) {
    const auto found = view.linked("inspection", kind, ref);
    ASSERT_EQ(found.size(), 1u) << kind << " " << ref;
    EXPECT_EQ(found[0]->id, id);
  }
}

}  // namespace
}  // namespace sparkgate
