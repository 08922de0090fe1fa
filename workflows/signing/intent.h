// What a person signs: canonical JSON that names one event, what it says and what was seen when it was decided.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "engine/base/time.h"

namespace sparkgate::signing {

inline constexpr int64_t k_intent_version = 1;

/// RFC 8785 JSON {v, origin, workflow, instance, event, seen_seq, scope_hash, payload_hash, pack, key, counter,
/// not_after}; integers v, seen_seq and counter, all else text.
struct Intent {
  std::string origin;  // the log's name
  std::string workflow;
  std::string instance;  // "" when the event makes it
  std::string event;
  int64_t seen_seq = -1;     // the instance's latest entry that was seen; -1 when there is none yet
  std::string scope_hash;    // as SigningTerms; "" where there is none
  std::string payload_hash;  // hex SHA-256 of the payload's canonical JSON
  std::string pack;          // as SigningTerms; "" where there is none
  std::string key;           // kid
  int64_t counter = 0;       // grows with each signature of the key; 0 proves possession at enrolment
  Time not_after{};          // whoever decides after this has not got this signature

  /// The exact text that is signed.
  std::string text() const;
  /// Refuses signature_invalid: not canonical, a member missing, unknown or of another type, another version.
  static Result<Intent> parse(std::string_view text);
};

/// Payload without its signature → payload_hash.
std::string payload_hash(const Json& payload);

}  // namespace sparkgate::signing
