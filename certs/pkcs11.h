// Keys that stay in a token (PKCS#11), named by URIs of RFC 7512. For certs/keys.cpp alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "certs/keys.h"

namespace sparkgate {

class TokenKey {
 public:
  /// The module by `module-path`, or those that p11-kit is configured with; the PIN by `pin-source` (a file that its
  /// owner alone may read) or `pin-value`. Refuses key_unreadable (no such token or key, or several that fit; wrong
  /// PIN), key_exposed (the PIN's file) and key_invalid (neither Ed25519 nor P-256, or no public half beside it).
  static Result<std::unique_ptr<TokenKey>> open(const std::string& uri);
  ~TokenKey();
  KeyType type() const;
  const std::string& public_raw() const;
  /// As PublicKey::verify takes it. Thread-safe. A token that went away is opened again once. Refuses signing_failed.
  Result<std::string> sign(std::string_view message) const;

 private:
  struct State;
  explicit TokenKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sparkgate
