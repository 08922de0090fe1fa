// Timestamps of an authority (RFC 3161) over bytes such as a checkpoint file; `openssl ts` verifies them too.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/random.h"
#include "engine/base/time.h"

namespace sparkgate {

struct Timestamp {
  Time at;             // genTime, to the second
  std::string policy;  // of the authority: a dotted OID
  std::string serial;  // of the token, hexadecimal
  bool operator==(const Timestamp&) const = default;
};

inline constexpr size_t k_max_timestamp_bytes = 65536;

/// A TimeStampReq in DER: SHA-256 of the data, a nonce of 64 bits, the authority's certificate wanted in the answer.
std::string timestamp_request(std::string_view data, Random& random);

/// Verifies a TimeStampResp (DER) about `data`, offline, against the CA certificates of a PEM text; all of them are
/// trusted. The chain is judged at the time told, since authorities' certificates end long before their timestamps are
/// needed; revocation is not looked up. With `request` the response must answer it, nonce and all; without one (a
/// timestamp that is kept) there is no nonce to compare.
/// Refuses timestamp_refused (the authority granted none) and timestamp_invalid.
Result<Timestamp> verify_timestamp(std::string_view response, std::string_view data, std::string_view ca_pem,
                                   std::string_view request = "");

}  // namespace sparkgate
