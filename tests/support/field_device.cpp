#include "tests/support/field_device.h"

namespace sparkgate::test {

KeyDesk::KeyDesk(Service& service) : service_(service) { enrol("admin", admin_key_); }

Got KeyDesk::post(const std::string& login, const std::string& path, const Json& body, int64_t version) {
  Ask ask{"POST", "/api/v1/" + path, login, body};
  if (version > 0) ask.headers["if-match"] = "\"" + std::to_string(version) + "\"";
  Got got = service_.ask(ask);
  if (got.status >= 300) throw std::runtime_error(path + ": " + got.text);
  return got;
}

Json KeyDesk::signed_body(const std::string& login, const std::string& path, Json body, const SigningKey& key) {
  const Got offered = post(login, path + "/intent", body);
  body["signed"] = key.sign(text_of(offered.body, "intent"));
  return body;
}

std::string KeyDesk::enrol(const std::string& login, const SigningKey& key) {
  const std::string person = text_of(service_.ask({"GET", "/api/v1/me", login}).body, "person");
  return text_of(post(login, "key-rings", signed_body(login, "key-rings", key.enrolment(person), key)).body, "id");
}

std::string KeyDesk::put_in_force(const std::string& login, const SigningKey& key) {
  const std::string ring = "key-rings/" + enrol(login, key), endorse = ring + "/endorse";
  post("admin", endorse, signed_body("admin", endorse, {{"kid", key.kid()}}, admin_key_), 1);
  return ring;
}

FieldDevice::FieldDevice(Service& service, std::string login, milliseconds wall_off)
    : service_(service), login_(std::move(login)), wall_off_(wall_off), booted_(service.clock.wall() - hours(5)) {}

Time FieldDevice::wall() const { return service_.clock.wall() + wall_off_; }

Json FieldDevice::reading() const {
  return {{"boot", "boot-" + std::to_string(boot_)}, {"monotonic_ms", (service_.clock.wall() - booted_).count()}};
}

void FieldDevice::see() {
  const Got got = service_.ask({"GET", "/api/v1/field/time", login_});
  if (got.status != 200) throw std::runtime_error(got.text);
  seen_ = reading();
  seen_["mark"] = got.body.at("mark");
}

void FieldDevice::reboot() {
  ++boot_;
  booted_ = service_.clock.wall();
}

Json FieldDevice::made(const std::string& permit, const std::string& event, Json payload) {
  ++seq_;
  char id[40];
  std::snprintf(id, sizeof id, "%.8s-0000-4000-8000-%012d", key_.kid().c_str(), static_cast<int>(seq_));
  Json out = {{"id", id},         {"seq", seq_},   {"permit", permit},           {"event", event},
              {"payload", payload}, {"seen", seen_}, {"wall", format_time(wall())}};
  out.update(reading());
  return out;
}

Json FieldDevice::sign(Json event) const {
  Json text = event;
  text["device"] = key_.kid();
  event["signature"] = key_.sign(canonical(text)).at("signature");
  return event;
}

Json FieldDevice::record(const std::string& permit, const std::string& event, Json payload) {
  keep(sign(made(permit, event, std::move(payload))));
  return events_.back();
}

Json FieldDevice::body() const {
  Json device = reading();
  device["kid"] = key_.kid();
  return {{"device", std::move(device)}, {"events", events_}};
}

}  // namespace sparkgate::test
