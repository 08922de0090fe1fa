// Randomness, injected: salts, tokens and identifiers come from here, so that a test can replay a run by its seed.
#pragma once

#include <string>

#include "engine/base/time.h"

namespace sparkgate {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::string bytes(size_t count) = 0;
};

/// The operating system's generator, by OpenSSL. Thread-safe.
class SystemRandom final : public Random {
 public:
  std::string bytes(size_t count) override;
};

/// UUIDv7 (RFC 9562): sorts by time of creation.
std::string new_id(Time at, Random& random);

/// Crockford base-32 characters (no I, L, O, U), five random bits each: fit to be read aloud and posted.
std::string new_code(size_t characters, Random& random);

}  // namespace sparkgate
