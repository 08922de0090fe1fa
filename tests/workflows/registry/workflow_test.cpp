#include "workflows/registry/workflow.h"

#include <gtest/gtest.h>

#include "certs/password.h"
#include "tests/support/registry_desk.h"

namespace sparkgate::registry {
namespace {

constexpr const char* k_unit = "91500230MADEMA01XB";
constexpr const char* k_other_unit = "91500230MADEMA02XC";
constexpr const char* k_id_number = "500230198604120315";

class RegistryRecords : public testing::Test {
 protected:
  RegistryRecords() {
    desk.view.area("county", "");
    desk.view.area("town", "county");
    desk.view.area("elsewhere", "county");
    for (const char* unit : {k_unit, k_other_unit}) {
      EXPECT_EQ(desk.run("unit", unit, "register", unit_record(unit), system_actor()), "Valid");
    }
  }

  static Json unit_record(const std::string& code) {
    return {{"credit_code", code}, {"name", "工程队"}, {"kind", "contractor"}, {"area", "town"}};
  }
  static Json machine(const std::string& code) {
    return {{"code", code}, {"kind", "电焊机"}, {"unit", k_unit}, {"inspected_until", "2030-01-31"}};
  }
  static Json certificate(const std::string& cls = "钎焊") {
    return {{"name", "周启明"},
            {"id_number", k_id_number},
            {"certificate_no", "t" + std::string(k_id_number)},
            {"issuer", "应急"},
            {"class", cls},
            {"issued_on", "2025-06-10"},
            {"valid_until", "2031-06-10"},
            {"review_due", "2028-06-10"},
            {"unit", k_unit}};
  }
  static Json account(const std::string& login, const std::string& id_number, Json grants) {
    return {{"login", login}, {"name", "某人"}, {"id_number", id_number}, {"grants", std::move(grants)}};
  }
  void person(const std::string& id, const std::string& id_number) {
    EXPECT_EQ(desk.run("person", id, "register", {{"name", "某人"}, {"id_number", id_number}}, system_actor()),
              "Valid");
  }
  void permit(const std::string& id, const std::string& state, const std::string& kind, const std::string& ref) {
    Instance instance;
    instance.id = id;
    instance.workflow = "hot_work_permit";
    instance.state = state;
    desk.view.put(std::move(instance), {{kind, ref}});
  }

  test::RegistryDesk desk;
  const Actor applicant = test::actor_with({{"applicant", k_unit, ""}}, "person-a", "account-a");
  const Actor stranger = test::actor_with({{"applicant", k_other_unit, ""}});
  const Actor supervisor = test::actor_with({{"supervisor", "", "town"}});
  const Actor far_supervisor = test::actor_with({{"supervisor", "", "elsewhere"}});
  const Actor grid_worker = test::actor_with({{"grid_worker", "", "town"}});
  const Actor auditor = test::actor_with({{"auditor", "", ""}});
  const Actor admin = test::actor_with({{"admin", "", ""}}, "person-admin", "account-admin");
};

// state × event × who: what comes of it, for a machine of a unit in the town.
TEST_F(RegistryRecords, who_may_do_what_in_which_state) {
  const std::pair<const char*, const Actor*> people[] = {{"applicant", &applicant},
                                                         {"stranger", &stranger},
                                                         {"supervisor", &supervisor},
                                                         {"far_supervisor", &far_supervisor},
                                                         {"grid_worker", &grid_worker},
                                                         {"auditor", &auditor},
                                                         {"admin", &admin}};
  const char* ways[][3] = {{"", "", ""},
                           {"Registered", "", ""},
                           {"Valid", "verify", ""},
                           {"Suspended", "verify", "suspend"},
                           {"Revoked", "revoke", ""}};
  std::string table;
  int serial = 0;
  for (const auto& way : ways) {
    for (const char* event : {"register", "verify", "amend", "suspend", "reinstate", "revoke"}) {
      std::string line;
      for (const auto& [name, actor] : people) {
        const std::string code = "M-" + std::to_string(++serial);
        if (*way[0]) desk.run("machine", code, "register", machine(code), applicant);
        for (const char* step : {way[1], way[2]}) {
          if (*step) desk.run("machine", code, step, {{"note", "x"}}, supervisor);
        }
        Json payload = {{"note", "x"}};
        if (std::string(event) == "register") payload = machine(*way[0] ? code + "-B" : code);
        if (std::string(event) == "amend") payload = {{"kind", "气割装置"}};
        const bool creating = std::string(event) == "register";
        if (*way[0] && creating) continue;
        if (!*way[0] && !creating) continue;
        line += " " + desk.run("machine", code, event, payload, *actor);
      }
      if (!line.empty()) table += std::string(*way[0] ? way[0] : "-") + " " + event + ":" + line + "\n";
    }
  }
  EXPECT_EQ(
      table,
      "- register: Registered role_required Valid role_required role_required role_required Valid\n"
      "Registered verify: role_required role_required Valid role_required role_required role_required Valid\n"
      "Registered amend: Registered role_required Registered role_required role_required role_required Registered\n"
      "Registered suspend: role_required role_required Suspended role_required role_required role_required Suspended\n"
      "Registered reinstate: role_required role_required wrong_state role_required role_required role_required "
      "wrong_state\n"
      "Registered revoke: role_required role_required Revoked role_required role_required role_required Revoked\n"
      "Valid verify: role_required role_required wrong_state role_required role_required role_required wrong_state\n"
      "Valid amend: Registered role_required Valid role_required role_required role_required Valid\n"
      "Valid suspend: role_required role_required Suspended role_required role_required role_required Suspended\n"
      "Valid reinstate: role_required role_required wrong_state role_required role_required role_required wrong_state\n"
      "Valid revoke: role_required role_required Revoked role_required role_required role_required Revoked\n"
      "Suspended verify: role_required role_required wrong_state role_required role_required role_required "
      "wrong_state\n"
      "Suspended amend: Suspended role_required Suspended role_required role_required role_required Suspended\n"
      "Suspended suspend: role_required role_required wrong_state role_required role_required role_required "
      "wrong_state\n"
      "Suspended reinstate: role_required role_required Valid role_required role_required role_required Valid\n"
      "Suspended revoke: role_required role_required Revoked role_required role_required role_required Revoked\n"
      "Revoked verify: role_required role_required wrong_state role_required role_required role_required wrong_state\n"
      "Revoked amend: wrong_state role_required wrong_state role_required role_required role_required wrong_state\n"
      "Revoked suspend: role_required role_required wrong_state role_required role_required role_required wrong_state\n"
      "Revoked reinstate: role_required role_required wrong_state role_required role_required role_required "
      "wrong_state\n"
      "Revoked revoke: role_required role_required wrong_state role_required role_required role_required "
      "wrong_state\n");
}

TEST_F(RegistryRecords, facts_hold_no_name_and_no_identifier) {
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  const std::string facts = desk.last.facts.dump();
  EXPECT_EQ(facts.find("周启明"), facts.npos);
  EXPECT_EQ(facts.find(k_id_number), facts.npos);
  EXPECT_EQ(desk.view.find("c1")->personal->at("certificate_no"), "T" + std::string(k_id_number))
      << "letters are folded";
  EXPECT_EQ(desk.view.linked("certificate", "certificate_no", "T" + std::string(k_id_number)).size(), 1u);
  EXPECT_EQ(desk.view.linked("certificate", "area", "county").size(), 1u) << "found by every area above";
}

TEST_F(RegistryRecords, natural_keys_are_unique_until_revoked) {
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  EXPECT_EQ(desk.run("certificate", "c2", "register", certificate(), supervisor), "already_registered");
  EXPECT_EQ(desk.run("certificate", "c3", "register", certificate("压力焊"), supervisor), "Valid") << "another class";
  ASSERT_EQ(desk.run("certificate", "c1", "revoke", {{"note", "登记错误"}}, supervisor), "Revoked");
  EXPECT_EQ(desk.run("certificate", "c4", "register", certificate(), supervisor), "Valid");
  EXPECT_EQ(desk.run("unit", "u3", "register", unit_record("91500230madema01xb"), supervisor), "already_registered");
}

// Permits find the welder by the number: whoever could register it for another would choose who the welder is.
TEST_F(RegistryRecords, a_certificate_number_has_one_holder) {
  Json other = certificate("压力焊");
  other["id_number"] = "500230199001011093";
  EXPECT_EQ(desk.run("certificate", "c1", "register", other, applicant), "payload_invalid") << "not the one within it";
  EXPECT_EQ(text_of(desk.refusal, "path"), "/id_number");
  Json plain = certificate();
  plain["certificate_no"] = other["certificate_no"] = "JZ-2025-0001";
  ASSERT_EQ(desk.run("certificate", "c2", "register", plain, supervisor), "Valid");
  for (const Actor& who : {applicant, supervisor}) {
    EXPECT_EQ(desk.run("certificate", "c3", "register", other, who), "payload_invalid") << "somebody else's";
  }
  ASSERT_EQ(desk.run("certificate", "c2", "revoke", {{"note", "登记错误"}}, supervisor), "Revoked");
  EXPECT_EQ(desk.run("certificate", "c4", "register", other, applicant), "Registered");
}

TEST_F(RegistryRecords, what_is_wrong_with_a_record_is_named) {
  struct Row {
    const char* kind;
    Json record;
    const char* code;
    const char* path;
  };
  Json no_unit = machine("M-1"), no_day = machine("M-1"), early = certificate(), odd = machine("M-1");
  no_unit["unit"] = "91500230MADEMA99X0";
  no_day["inspected_until"] = "2030-02-30";
  early["valid_until"] = "2025-06-09";
  odd["colour"] = "red";
  const Json zone = {
      {"code", "a1"}, {"parent", "town"}, {"name", "村"}, {"level", "village"}, {"zone", "Asia/Nowhere"}};
  Json level = {{"code", "a1"}, {"parent", "a0"}, {"name", "村"}, {"level", "town"}};
  const Json days = {{"year", "2027"}, {"days", {{{"date", "2026-01-01"}, {"kind", "holiday"}}}}};
  ASSERT_EQ(desk.run("area", "a0", "register", {{"code", "a0"}, {"name", "镇"}, {"level", "town"}}, system_actor()),
            "Valid");
  const Row rows[] = {
      {"machine", no_unit, "unknown_reference", "/unit"},   {"machine", no_day, "payload_invalid", "/inspected_until"},
      {"machine", odd, "payload_invalid", "/colour"},       {"certificate", early, "time_impossible", "/valid_until"},
      {"area", zone, "payload_invalid", "/zone"},           {"area", level, "payload_invalid", "/level"},
      {"calendar", days, "payload_invalid", "/days/0/date"}};
  for (const Row& row : rows) {
    EXPECT_EQ(desk.run(row.kind, "new", "register", row.record, system_actor()), row.code) << row.path;
    EXPECT_EQ(text_of(desk.refusal, "path"), row.path);
  }
}

TEST_F(RegistryRecords, amend_keeps_what_it_does_not_name_and_never_the_key) {
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  EXPECT_EQ(desk.run("certificate", "c1", "amend", {{"class", "压力焊"}}, supervisor), "key_is_fixed");
  EXPECT_EQ(desk.run("certificate", "c1", "amend", {{"unit", k_other_unit}}, applicant), "role_required");
  EXPECT_EQ(desk.run("certificate", "c1", "amend", {{"review_due", nullptr}, {"name", "周启明二"}}, supervisor),
            "Valid");
  const InstancePtr now = desk.view.find("c1");
  EXPECT_FALSE(now->data.contains("review_due"));
  EXPECT_EQ(now->data["valid_until"], "2031-06-10");
  EXPECT_EQ(now->personal->at("name"), "周启明二");
}

TEST_F(RegistryRecords, permits_under_way_hear_when_what_they_rely_on_changes) {
  const auto told = [&] {
    std::string out;
    for (const FollowUp& f : desk.last.follow_ups) out += f.instance + " " + f.event + " " + f.payload.dump() + "\n";
    return out;
  };
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  permit("running", "InProgress", "certificate", "c1");
  permit("halted", "Suspended", "certificate", "c1");
  permit("closed", "Closed", "certificate", "c1");
  permit("foreign", "InProgress", "certificate", "c2");
  const std::string both =
      "halted suspend {\"cause\":\"certificate\",\"ref\":\"c1\"}\n"
      "running suspend {\"cause\":\"certificate\",\"ref\":\"c1\"}\n";
  ASSERT_EQ(desk.run("certificate", "c1", "amend", {{"issuer", "住建"}}, supervisor), "Valid");
  EXPECT_EQ(told(), both);
  ASSERT_EQ(desk.run("certificate", "c1", "suspend", {{"note", "吊销待查"}}, supervisor), "Suspended");
  EXPECT_EQ(told(), both);
  ASSERT_EQ(desk.run("certificate", "c1", "reinstate", Json::object(), supervisor), "Valid");
  EXPECT_EQ(told(), "");
  permit("by_unit", "InProgress", "unit", k_unit);
  ASSERT_EQ(desk.run("unit", k_unit, "suspend", {{"note", "停业整顿"}}, supervisor), "Suspended");
  EXPECT_EQ(told(), "by_unit suspend {\"cause\":\"unit\",\"ref\":\"" + std::string(k_unit) + "\"}\n");
}

TEST_F(RegistryRecords, permits_hear_nothing_of_what_no_judgement_asks) {
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  permit("running", "InProgress", "certificate", "c1");
  ASSERT_EQ(desk.run("certificate", "c1", "amend", {{"name", "周启明二"}}, supervisor), "Valid");
  EXPECT_TRUE(desk.last.follow_ups.empty()) << "a name is no fact";
  ASSERT_EQ(desk.run("certificate", "c1", "amend", {{"issuer", "应急"}}, supervisor), "Valid");
  EXPECT_TRUE(desk.last.follow_ups.empty()) << "the fact is what it was";
  ASSERT_EQ(desk.run("certificate", "c1", "amend", {{"name", "周启明"}}, applicant), "Registered");
  EXPECT_EQ(desk.last.follow_ups.size(), 1u) << "it is no longer verified";
  ASSERT_EQ(desk.run("certificate", "c1", "verify", Json::object(), supervisor), "Valid");
  ASSERT_EQ(desk.run("certificate", "c1", "amend", {{"valid_until", "2031-06-11"}}, supervisor), "Valid");
  EXPECT_EQ(desk.last.follow_ups.size(), 1u) << "another fact";
}

TEST_F(RegistryRecords, readers_see_their_own_place_and_identifiers_as_far_as_needed) {
  ASSERT_EQ(desk.run("certificate", "c1", "register", certificate(), supervisor), "Valid");
  const Workflow& flow = desk.workflow("certificate");
  const Instance& c1 = *desk.view.find("c1");
  EXPECT_TRUE(flow.readable(c1, applicant, desk.view));
  EXPECT_FALSE(flow.readable(c1, stranger, desk.view));
  EXPECT_TRUE(flow.readable(c1, grid_worker, desk.view));
  EXPECT_FALSE(flow.readable(c1, far_supervisor, desk.view));
  EXPECT_FALSE(flow.readable(c1, test::actor_with({{"intake", "", ""}}), desk.view));
  EXPECT_EQ(flow.show(c1, supervisor, desk.view)["id_number"], k_id_number);
  EXPECT_EQ(flow.show(c1, grid_worker, desk.view)["id_number"], "****0315");
  person("welder", k_id_number);
  EXPECT_TRUE(flow.readable(c1, test::actor_with({{"operator", k_other_unit, ""}}, "welder"), desk.view))
      << "one's own";
}

TEST_F(RegistryRecords, imported_status_suspended_stays_suspended) {
  Json record = certificate();
  record["status"] = "suspended";
  EXPECT_EQ(desk.run("certificate", "c1", "register", record, system_actor()), "Suspended");
  EXPECT_FALSE(desk.view.find("c1")->data.contains("status")) << "the state says it";
}

TEST_F(RegistryRecords, nobody_lifts_their_own_duty_to_sign) {
  person("person-admin", "500230198708171192");
  const Json record = account("root", "500230198708171192", {{{"role", "admin"}}});
  EXPECT_EQ(desk.run("account", "account-admin", "register", record, system_actor()), "Valid");
  EXPECT_EQ(desk.run("account", "account-admin", "amend", {{"must_sign", true}}, admin), "own_grants");
  const Actor other = test::actor_with({{"admin", "", ""}}, "person-other", "account-other");
  EXPECT_EQ(desk.run("account", "account-admin", "amend", {{"must_sign", true}}, other), "Valid");
  EXPECT_EQ(desk.run("account", "account-admin", "amend", {{"must_sign", false}}, admin), "own_grants");
  EXPECT_EQ(desk.run("account", "account-admin", "amend", {{"name", "别名"}}, admin), "Valid");
}

TEST_F(RegistryRecords, roles_that_must_stay_apart_are_compared_by_person) {
  person("person-b", k_id_number);
  person("person-admin", "500230198708171192");
  const Json supervise = {{{"role", "supervisor"}, {"area", "town"}}}, administer = {{{"role", "admin"}}};
  EXPECT_EQ(desk.run("account", "b1", "register", account("li", k_id_number, supervise), admin), "Valid");
  EXPECT_EQ(desk.run("account", "b2", "register", account("li2", k_id_number, administer), admin), "roles_conflict");
  EXPECT_EQ(desk.run("account", "b1", "amend", {{"grants", {{{"role", "admin"}}, {{"role", "intake"}}}}}, admin),
            "roles_conflict");
  EXPECT_EQ(desk.run("account", "a2", "register", account("me", "500230198708171192", supervise), admin), "own_grants");
  EXPECT_EQ(desk.run("account", "b3", "register", account("LI", k_id_number, supervise), admin), "already_registered");
  EXPECT_EQ(desk.run("account", "b4", "register", account("wang", "500230199001011093", supervise), admin),
            "unknown_reference");
  EXPECT_EQ(desk.run("account", "b5", "register", account("zu", k_id_number, {{{"role", "applicant"}}}), admin),
            "payload_invalid");
  const Actor town_admin = test::actor_with({{"admin", "", "town"}});
  EXPECT_EQ(desk.run("account", "b6", "register", account("all", k_id_number, {{{"role", "auditor"}}}), town_admin),
            "role_required")
      << "an administrator of a town gives nothing beyond it";
  EXPECT_EQ(desk.run("account", "b7", "register", account("in", k_id_number, {{{"role", "auditor"}, {"area", "town"}}}),
                     town_admin),
            "Valid");
}

TEST_F(RegistryRecords, passwords_are_kept_as_secrets_alone) {
  person("person-b", k_id_number);
  const Json grants = {{{"role", "auditor"}}};
  ASSERT_EQ(desk.run("account", "b1", "register", account("liming", k_id_number, grants), admin), "Valid");
  const Actor own = test::actor_with({{"auditor", "", ""}}, "person-b", "b1");
  EXPECT_EQ(desk.run("account", "b1", "set_password", {{"password", "gravel tin opera"}}, applicant), "not_found");
  EXPECT_EQ(desk.run("account", "b1", "set_password", {{"password", "liming12345"}}, own), "password_weak");
  ASSERT_EQ(desk.run("account", "b1", "set_password", {{"password", "gravel tin opera"}}, own), "Valid");
  ASSERT_EQ(desk.secrets.size(), 1u);
  EXPECT_TRUE(verify_password("gravel tin opera", desk.secrets[0].second));
  EXPECT_EQ((desk.last.facts.dump() + desk.last.personal.dump()).find("gravel"), std::string::npos);
  ASSERT_EQ(desk.run("account", "b1", "suspend", {{"note", "离岗"}}, admin), "Suspended");
  EXPECT_EQ(desk.run("account", "b1", "set_password", {{"password", "gravel tin opera"}}, own), "wrong_state");
  EXPECT_FALSE(desk.workflow("account").readable(*desk.view.find("b1"), auditor, desk.view));
}

}  // namespace
}  // namespace sparkgate::registry
