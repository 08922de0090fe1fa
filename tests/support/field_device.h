// A phone that records events without network: its own clocks, its key, and the last mark of server time that it saw.
#pragma once

#include "tests/support/service.h"
#include "tests/support/signing_key.h"

namespace sparkgate::test {

/// Puts keys in force for accounts of the demonstration office, over the interface.
class KeyDesk {
 public:
  explicit KeyDesk(Service& service);
  /// Throws when it is refused. Returns the ring's path.
  std::string put_in_force(const std::string& login, const SigningKey& key);

 private:
  std::string enrol(const std::string& login, const SigningKey& key);
  Json signed_body(const std::string& login, const std::string& path, Json body, const SigningKey& key);
  Got post(const std::string& login, const std::string& path, const Json& body, int64_t version = 0);

  Service& service_;
  SigningKey admin_key_;
};

class FieldDevice {
 public:
  /// `wall_off`: by how much its wall clock is wrong.
  FieldDevice(Service& service, std::string login, milliseconds wall_off = {});

  const SigningKey& key() const { return key_; }
  const std::string& login() const { return login_; }
  /// It has network: takes a mark.
  void see();
  /// Its clock starts again; the real one goes on.
  void reboot();
  Time wall() const;
  Json reading() const;
  /// An event as of now, not signed yet.
  Json made(const std::string& permit, const std::string& event, Json payload = Json::object());
  Json sign(Json event) const;
  /// Signed, and kept for the next sync.
  Json record(const std::string& permit, const std::string& event, Json payload = Json::object());
  void keep(Json event) { events_.push_back(std::move(event)); }
  const std::vector<Json>& kept() const { return events_; }
  Json body() const;
  Got sync() { return service_.ask({"POST", "/api/v1/field/sync", login_, body()}); }

 private:
  Service& service_;
  const std::string login_;
  const SigningKey key_;
  const milliseconds wall_off_;
  int boot_ = 0;
  int64_t seq_ = 0;
  Time booted_;
  Json seen_;
  std::vector<Json> events_;
};

}  // namespace sparkgate::test
