#include "api/sessions.h"

#include <cstring>
#include <shared_mutex>
#include <unordered_map>

#include "certs/token.h"
#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_remembered = 20'000;
constexpr std::string_view k_account = "account";

struct DigestHash {
  size_t operator()(const Digest& digest) const {
    size_t out;
    std::memcpy(&out, digest.data(), sizeof out);  // already a hash
    return out;
  }
};

}  // namespace

std::optional<Actor> actor_of(const Instance& account) {
  if (account.state != "Valid") return std::nullopt;
  Actor actor;
  actor.account = account.id;
  actor.person = text_of(account.personal, "person");
  actor.name = text_of(account.personal, "name");
  for (const Json& grant : account.data.value("grants", Json::array())) {
    actor.grants.push_back({text_of(grant, "role"), text_of(grant, "unit"), text_of(grant, "area")});
  }
  return actor;
}

// Callers by token hash. Every change of an account or a session makes a new era, so that a caller read from the store
// before the change is not remembered after it.
class Sessions::Memory {
 public:
  CallerPtr find(const Digest& token) {
    const std::shared_lock lock(mutex_);
    const auto at = callers_.find(token);
    return at == callers_.end() ? nullptr : at->second;
  }

  uint64_t era() {
    const std::shared_lock lock(mutex_);
    return era_;
  }

  void remember(const CallerPtr& caller, uint64_t era_read_in) {
    const std::unique_lock lock(mutex_);
    if (era_ != era_read_in) return;
    if (callers_.size() >= k_remembered) callers_.clear();
    callers_[caller->session.token_hash] = caller;
  }

  void forget(const Digest& token) {
    const std::unique_lock lock(mutex_);
    ++era_;
    callers_.erase(token);
  }

  void forget_account(const std::string& account) {
    const std::unique_lock lock(mutex_);
    ++era_;
    std::erase_if(callers_, [&](const auto& item) { return item.second->session.account == account; });
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_map<Digest, CallerPtr, DigestHash> callers_;
  uint64_t era_ = 0;
};

Sessions::Sessions(Engine& engine) : engine_(engine), memory_(std::make_shared<Memory>()) {
  engine.on_commit([memory = memory_](const std::vector<Transition>& transitions) {
    for (const Transition& transition : transitions) {
      if (transition.instance->workflow == k_account) memory->forget_account(transition.instance->id);
    }
  });
}

Result<CallerPtr> Sessions::find(std::string_view token) { return find(sha256(token)); }

Result<CallerPtr> Sessions::find(const Digest& hash) {
  CallerPtr caller = memory_->find(hash);
  if (!caller) {
    const uint64_t era = memory_->era();
    auto reader = engine_.read();
    auto session = reader->session(hash);
    const auto account = session ? reader->instance(session->account) : std::nullopt;
    auto actor = account ? actor_of(*account->instance) : std::nullopt;
    if (!actor) return refuse(Code::unauthenticated);
    caller = std::make_shared<const Caller>(Caller{std::move(*session), std::move(*actor)});
    memory_->remember(caller, era);
  }
  if (caller->session.expires <= engine_.clock().wall()) return refuse(Code::unauthenticated);
  return caller;
}

Result<Sessions::Opened> Sessions::open(const std::string& account, const std::string& kind, const std::string& label,
                                        hours lifetime) {
  const Time now = engine_.clock().wall();
  Opened opened;
  opened.token = new_token(engine_.random());
  opened.session.token_hash = sha256(opened.token);
  opened.session.account = account;
  opened.session.kind = kind;
  opened.session.label = label;
  if (kind == "session") opened.session.csrf_token = new_token(engine_.random());
  opened.session.created = now;
  opened.session.expires = now + lifetime;
  auto stored = engine_.write([&](Writer& writer) {
    for (const Session& old : writer.sessions(account)) {
      if (old.expires <= now) writer.end_session(old.token_hash);
    }
    writer.put_session(opened.session);
  });
  if (!stored) return tl::make_unexpected(stored.error());
  return opened;
}

Result<void> Sessions::end(const Digest& token_hash) {
  auto ended = engine_.write([&](Writer& writer) { writer.end_session(token_hash); });
  if (ended) memory_->forget(token_hash);
  return ended;
}

Result<void> Sessions::end_others(const std::string& account, const Digest& keep) {
  auto ended = engine_.write([&](Writer& writer) {
    for (const Session& session : writer.sessions(account)) {
      if (session.token_hash != keep) writer.end_session(session.token_hash);
    }
  });
  if (ended) memory_->forget_account(account);
  return ended;
}

std::string public_id(const Session& session) { return hex(bytes_of(session.token_hash)).substr(0, 24); }

}  // namespace sparkgate::api
