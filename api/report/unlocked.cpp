#include "api/report/unlocked.h"

#include "certs/box.h"
#include "certs/token.h"

namespace sparkgate::api {
namespace {

constexpr minutes k_lifetime(30);
constexpr const char* k_purpose = "unlocked-officer";

}  // namespace

std::string UnlockedOfficers::put(const std::string& account, const report::Unlocked& officer) {
  const std::string cookie = new_token(random_);
  const SecretBytes both =
      SecretBytes::copy_of({officer.keys.reading.secret().view(), officer.keys.signing.secret().view()});
  std::string wrapped = wrap(cookie, k_purpose, account, both.view(), random_);
  const std::lock_guard lock(mutex_);
  held_[account] = {officer.officer, std::move(wrapped), clock_.steady() + k_lifetime};
  return cookie;
}

std::optional<report::Unlocked> UnlockedOfficers::find(const std::string& account, std::string_view cookie) {
  Held held;
  {
    const std::lock_guard lock(mutex_);
    const auto at = held_.find(account);
    if (at == held_.end()) return std::nullopt;
    if (at->second.until <= clock_.steady()) return held_.erase(at), std::nullopt;
    held = at->second;
  }
  const auto both = cookie.empty() ? std::nullopt : unwrap(cookie, k_purpose, account, held.wrapped);
  if (!both) return std::nullopt;
  auto reading = X25519Key::from_secret(both->part(0, k_x25519_bytes));
  auto signing = Ed25519Key::from_secret(both->part(k_x25519_bytes, k_ed25519_bytes));
  return report::Unlocked{held.officer, OfficerKeys{std::move(*reading), std::move(*signing)}};
}

void UnlockedOfficers::end(const std::string& account) {
  const std::lock_guard lock(mutex_);
  held_.erase(account);
}

}  // namespace sparkgate::api
