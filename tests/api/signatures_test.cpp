// Signing over the interface: from the intent to a signed approval, with a real P-256 key.
#include <gtest/gtest.h>

#include "tests/support/service.h"
#include "tests/support/signing_key.h"

namespace sparkgate {
namespace {

using test::Ask;
using test::Got;
using test::Service;
using test::SigningKey;

// The demonstration office with an administrator who endorsed the key of one site owner; one for all tests, since
// making it costs a second of passwords.
class ApiSignatures : public testing::Test {
 protected:
  struct Office {
    Service service;
    SigningKey admin_key, key;
    std::string ring;  // the site owner's, as a path
  };
  static Office& office() {
    static Office office;
    return office;
  }
  ApiSignatures() {
    if (!office().ring.empty()) return;
    enrol("admin", admin_key);
    office().ring = put_in_force("site_owner", key);
  }

  Got post(const std::string& login, const std::string& path, const Json& body, int64_t version = 0) {
    Ask ask{"POST", "/api/v1/" + path, login, body};
    if (version > 0) ask.headers["if-match"] = "\"" + std::to_string(version) + "\"";
    return service.ask(ask);
  }
  Got get(const std::string& login, const std::string& path) { return service.ask({"GET", "/api/v1/" + path, login}); }

  /// The body with its signature, by the intent that the service offers for it.
  Json signed_body(const std::string& login, const std::string& path, Json body, const SigningKey& key) {
    const Got offered = post(login, path + "/intent", body);
    EXPECT_EQ(offered.status, 200) << offered.body;
    body["signed"] = key.sign(text_of(offered.body, "intent"));
    return body;
  }
  std::string enrol(const std::string& login, const SigningKey& key) {
    const std::string person = text_of(get(login, "me").body, "person");
    const Got made = post(login, "key-rings", signed_body(login, "key-rings", key.enrolment(person), key));
    EXPECT_EQ(made.status, 201) << made.body;
    return text_of(made.body, "id");
  }
  std::string put_in_force(const std::string& login, const SigningKey& key) {
    const std::string ring = "key-rings/" + enrol(login, key);
    const Got endorsed =
        post("admin", ring + "/endorse", signed_body("admin", ring + "/endorse", {{"kid", key.kid()}}, admin_key), 1);
    EXPECT_EQ(endorsed.status, 200) << endorsed.body;
    return ring;
  }
  /// A permit under review, as a path.
  std::string permit() {
    const Json body = *parse_json(R"({
      "unit": "91500230MADEMA01XB", "owner_unit": "91500230MADEMA11X1", "area": "500230111201-01",
      "place": {"address": "1号厂房", "longitude": "107.617485", "latitude": "29.917942", "outdoor": false,
      "confined_space": false, "height_metres": "0"}, "work": "焊接支架", "method": "electric_welding",
      "special_equipment": false, "explosive_place": false, "running_or_pressurised": false,
      "isolated_with_approval": false, "tank_bund": false, "pipe_rack": false, "wind_force": 2, "essential": false,
      "starts": "2026-03-02T10:00:00+08:00", "ends": "2026-03-02T17:00:00+08:00",
      "operators": ["T500230198604120315"], "fire_watch": "500230198302140863",
      "person_in_charge": "500230199001011093", "machines": ["DEMO-WM-01"],
      "measures": [{"code": "A.1-8"}, {"code": "A.1-9"}]})");
    const std::string path = "permits/" + text_of(post("applicant", "permits", body).body, "id");
    EXPECT_EQ(text_of(post("applicant", path + "/submit", Json::object(), 1).body, "state"), "UnderReview");
    return path;
  }
  std::string scope_of(const std::string& path) {
    return text_of(get("supervisor1", path).body.at("data"), "scope_hash");
  }
  Json action(const std::string& login, const std::string& path, const std::string& event) {
    const Json instance = get(login, path).body;
    for (const Json& item : instance.at("actions")) {
      if (item.at("event") == event) return item;
    }
    return nullptr;
  }

  Service& service = office().service;
  const SigningKey &admin_key = office().admin_key, &key = office().key;
};

TEST_F(ApiSignatures, lead_from_the_intent_to_a_signed_consent_that_cannot_be_replayed) {
  const std::string path = permit();
  const Json body = signed_body("site_owner", path + "/consent", {{"scope_hash", scope_of(path)}}, key);
  const Got consented = post("site_owner", path + "/consent", body);
  EXPECT_EQ(consented.status, 200) << consented.body;
  const Json entries = get("site_owner", path + "/entries").body.at("items");
  const Json intent = *parse_json(text_of(body.at("signed"), "intent"));
  EXPECT_EQ(entries.back().at("signed"), (Json{{"kid", key.kid()}, {"counter", intent.at("counter")}}));
  EXPECT_EQ(post("site_owner", path + "/consent", body).code(), "counter_used");
  service.restart();
  EXPECT_EQ(post("site_owner", path + "/consent", body).code(), "counter_used") << "after a restart as well";
}

TEST_F(ApiSignatures, repeat_under_an_idempotency_key_gets_the_same_answer) {
  const std::string path = permit();
  Ask ask{"POST", "/api/v1/" + path + "/consent", "site_owner",
          signed_body("site_owner", path + "/consent", {{"scope_hash", scope_of(path)}}, key)};
  ask.headers["idempotency-key"] = "consent-1";
  EXPECT_EQ(service.ask(ask).body.at("replayed"), false);
  EXPECT_EQ(service.ask(ask).body.at("replayed"), true);
}

TEST_F(ApiSignatures, say_beforehand_where_they_are_demanded) {
  const SigningKey mine;
  put_in_force("supervisor2", mine);
  const std::string path = permit(), account = text_of(get("supervisor2", "me").body, "id");
  EXPECT_EQ(action("supervisor2", path, "return").at("signature"), "possible");
  EXPECT_EQ(action("supervisor2", path, "suspend").at("signature"), "none") << "stopping the work never waits";
  const int64_t version = get("admin", "accounts/" + account).body.at("version");
  EXPECT_EQ(post("admin", "accounts/" + account + "/amend", {{"must_sign", true}}, version).status, 200);
  EXPECT_EQ(action("supervisor2", path, "return").at("signature"), "required");
  const Json reason = {{"reason", "补充材料"}};
  const Got refused = post("supervisor2", path + "/return", reason, 3);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "signature_required");
  EXPECT_NE(text_of(refused.body, "remedy").find("intent"), std::string::npos);
  const Json body = signed_body("supervisor2", path + "/return", reason, mine);
  EXPECT_EQ(post("supervisor2", path + "/return", body, 3).status, 200);
}

TEST_F(ApiSignatures, are_described_with_each_workflow_and_in_the_interface) {
  std::map<std::string, std::string> signing;
  const Json events = get("admin", "workflows/key_ring").body.at("events");
  for (const Json& event : events) signing[event.at("name")] = event.at("signing");
  EXPECT_EQ(signing, (std::map<std::string, std::string>{{"enrol", "new_key"},
                                                         {"add_key", "new_key"},
                                                         {"endorse", "enroller_key"},
                                                         {"revoke_key", "none"},
                                                         {"close", "none"}}));
  const Json paths = get("", "openapi.json").body.at("paths");
  const auto schema = [&](const std::string& path) {
    return paths.at(path).at("post").at("/requestBody/content/application~1json/schema"_json_pointer);
  };
  const Json reference = {{"$ref", "#/components/schemas/Signed"}};
  EXPECT_EQ(schema("/api/v1/permits/{id}/approve").at("properties").at("signed"), reference);
  EXPECT_EQ(schema("/api/v1/key-rings").at("properties").at("signed"), reference);
  EXPECT_EQ(schema("/api/v1/key-rings").at("required").back(), "signed");
  EXPECT_FALSE(schema("/api/v1/permits/{id}/start").contains("properties")) << "shared, and without a signature";
  EXPECT_TRUE(paths.contains("/api/v1/permits/{id}/reject/intent"));
  EXPECT_FALSE(paths.contains("/api/v1/permits/{id}/start/intent"));
}

// Nobody signs what will be refused.
TEST_F(ApiSignatures, intent_is_refused_as_the_event_would_be) {
  const std::string path = permit(), approve = path + "/approve/intent", scope = scope_of(path);
  const Json body = {{"scope_hash", scope}};
  EXPECT_EQ(post("supervisor1", approve, body).code(), "consent_missing");
  EXPECT_EQ(post("supervisor1", approve, {{"scope", scope}}).code(), "payload_invalid");
  EXPECT_EQ(post("applicant", approve, body).code(), "role_required");
  EXPECT_EQ(post("supervisor1", path + "/dance/intent", body).code(), "unknown_event");
  EXPECT_EQ(post("supervisor1", "permits/no-such/approve/intent", body).code(), "not_found");
  EXPECT_EQ(post("supervisor1", "permits/intent", body).code(), "role_required");
  EXPECT_EQ(post("supervisor1", "clocks/intent", body).code(), "not_found");
  EXPECT_EQ(post("", approve, body).code(), "unauthenticated");
  EXPECT_EQ(post("site_owner", path + "/consent/intent", body, 1).code(), "version_mismatch");
  EXPECT_EQ(post("supervisor1", path + "/return/intent", {{"reason", "x"}}).code(), "key_not_active") << "has none";
  EXPECT_EQ(post("site_owner", path + "/suspend/intent", {{"reason", "x"}}).code(), "signing_unused");
}

TEST_F(ApiSignatures, intent_names_the_key_that_is_asked_for) {
  const std::string path = permit() + "/consent/intent";
  const Json body = {{"scope_hash", scope_of(path.substr(0, path.find("/consent")))}};
  const Got offered = post("site_owner", path, body);
  ASSERT_EQ(offered.status, 200) << offered.body;
  EXPECT_EQ(offered.body.at("key"), key.kid());
  const Json mine = offered.body.at("keys").at(0);
  EXPECT_EQ(mine.at("kid"), key.kid());
  EXPECT_EQ(mine.at("label"), "手机");
  EXPECT_EQ(offered.body.at("counter"), mine.at("counter").get<int64_t>() + 1);
  EXPECT_EQ(service.ask({"POST", "/api/v1/" + path + "?key=" + key.kid(), "site_owner", body}).status, 200);
  EXPECT_EQ(service.ask({"POST", "/api/v1/" + path + "?key=" + admin_key.kid(), "site_owner", body}).code(),
            "key_not_active");
}

// A signature where none can be is an unknown member.
TEST_F(ApiSignatures, events_that_carry_none_refuse_one) {
  const Json none = {{"intent", "{}"}, {"signature", base64("01234567")}};
  EXPECT_EQ(post("applicant", permit() + "/withdraw", {{"signed", none}}, 3).code(), "payload_invalid");
}

TEST_F(ApiSignatures, rings_are_seen_by_their_owner_administrators_and_auditors_alone) {
  const std::string ring = office().ring;
  for (const auto& [login, status] : std::map<std::string, int>{
           {"site_owner", 200}, {"admin", 200}, {"auditor", 200}, {"supervisor1", 404}, {"applicant", 404}}) {
    EXPECT_EQ(get(login, ring).status, status) << login;
    const Json listed = get(login, "key-rings").body.at("items");
    const bool is_listed = std::any_of(listed.begin(), listed.end(), [&](const Json& item) {
      return "key-rings/" + item.at("id").get<std::string>() == ring;
    });
    EXPECT_EQ(is_listed, status == 200) << login;
  }
  const Json notices = get("admin", "notices").body.at("items");
  ASSERT_FALSE(notices.empty());
  EXPECT_EQ(notices[0].at("code"), "key_to_endorse");
}

}  // namespace
}  // namespace sparkgate
