// What a client and the interface do together when a person signs, over the town's engine.
#pragma once

#include "tests/support/signing_key.h"
#include "tests/support/town.h"
#include "workflows/signing/key_book.h"

namespace sparkgate::test {

/// One event of one instance, sent by somebody.
struct Act {
  std::string login;
  std::string id;  // "": a new one
  std::string event;
  Json payload = Json::object();
  std::string workflow = "hot_work_permit";
};

class SigningDesk {
 public:
  explicit SigningDesk(Town& town) : town_(town) {}

  /// The answer to …/intent.
  Result<Json> offer(const Act& act, const std::string& key = "");
  /// Checks and sends as of the latest version.
  Result<Receipt> send(const Act& act, const Json& signed_part);
  /// Both, signed in between.
  Result<Receipt> sign(const Act& act, const SigningKey& key);

  /// A ring with its first key. Throws when it is refused.
  std::string enrol(const std::string& login, const SigningKey& key);
  /// An administrator endorses the key, as one of an enroller when `enroller`. Throws when it is refused.
  void endorse(const std::string& login, const SigningKey& with, const std::string& ring, const SigningKey& key,
               bool enroller = false);
  static Act on_ring(const std::string& login, const std::string& ring, const std::string& event, Json payload);

  /// The instance's entries, the terms under which each was signed, and the person behind its actor.
  struct Told {
    journal::Logged entry;
    SigningTerms terms;
    std::string person;
  };
  std::vector<Told> told(const std::string& id);
  /// The ring's entries alone.
  std::vector<journal::Logged> entries(const std::string& ring);

 private:
  Town& town_;
};

}  // namespace sparkgate::test
