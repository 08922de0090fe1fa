#include "api/report/source_sessions.h"

#include <algorithm>

#include "certs/token.h"

namespace sparkgate::api {
namespace {

constexpr minutes k_lifetime(30);
constexpr size_t k_most = 10'000;  // beyond, the one that ends soonest goes

std::string key_of(std::string_view cookie) { return std::string(bytes_of(sha256(cookie))); }

}  // namespace

std::string SourceSessions::open(SourceKeys keys) {
  const std::string cookie = new_token(random_);
  const std::lock_guard lock(mutex_);
  drop_ended();
  held_[key_of(cookie)] = {std::make_shared<const SourceKeys>(std::move(keys)), clock_.steady() + k_lifetime};
  return cookie;
}

SourceKeysPtr SourceSessions::find(std::string_view cookie) {
  const std::lock_guard lock(mutex_);
  const auto at = held_.find(key_of(cookie));
  if (at == held_.end()) return nullptr;
  if (at->second.until <= clock_.steady()) {
    held_.erase(at);
    return nullptr;
  }
  at->second.until = clock_.steady() + k_lifetime;
  return at->second.keys;
}

void SourceSessions::end(std::string_view cookie) {
  const std::lock_guard lock(mutex_);
  held_.erase(key_of(cookie));
}

void SourceSessions::drop_ended() {
  const auto now = clock_.steady();
  std::erase_if(held_, [&](const auto& row) { return row.second.until <= now; });
  if (held_.size() < k_most) return;
  const auto by_end = [](const auto& a, const auto& b) { return a.second.until < b.second.until; };
  held_.erase(std::min_element(held_.begin(), held_.end(), by_end));
}

}  // namespace sparkgate::api
