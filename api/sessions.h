// Who is behind a token: sign-ins and access tokens, stored by the hash of their secret, remembered in memory.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace sparkgate::api {

struct Caller {
  Session session;
  Actor actor;
};
using CallerPtr = std::shared_ptr<const Caller>;

/// The person and the grants of an account; nothing when the account may not act (it is not Valid).
std::optional<Actor> actor_of(const Instance& account);

class Sessions {
 public:
  explicit Sessions(Engine& engine);

  /// Refuses with unauthenticated: unknown, ended or expired token, or an account that may not act (any more).
  Result<CallerPtr> find(std::string_view token);
  /// The same by the token's hash: whether somebody who was admitted still is, and with which grants.
  Result<CallerPtr> find(const Digest& token_hash);

  struct Opened {
    std::string token;  // shown once, never stored
    Session session;
  };
  /// `kind` is "session" (with a CSRF token, for browsers) or "token" (for programs). Ends the account's expired ones.
  Result<Opened> open(const std::string& account, const std::string& kind, const std::string& label, hours lifetime);

  /// From the moment this returns, the session's token opens nothing.
  Result<void> end(const Digest& token_hash);
  /// All of an account but one: after a change of password.
  Result<void> end_others(const std::string& account, const Digest& keep);

 private:
  class Memory;
  Engine& engine_;
  std::shared_ptr<Memory> memory_;  // shared with the engine's listener, which may outlive this
};

/// The name by which an owner sees a session: enough of its hash to tell it from others.
std::string public_id(const Session& session);

}  // namespace sparkgate::api
