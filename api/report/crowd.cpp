#include "api/report/crowd.h"

#include <algorithm>

#include "certs/kdf.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_key_bytes = 32;
constexpr size_t k_most_filed = 100'000;

bool is_own(const std::string& address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

// Of IPv6 whoever has one address has its /64.
std::string network_of(const std::string& address) {
  size_t end = 0;
  for (int groups = 0; groups < 4 && end != address.npos; ++groups) end = address.find(':', end + (groups > 0));
  return address.find(':') == address.npos || end == address.npos ? address : address.substr(0, end);
}

}  // namespace

std::string Crowd::key_of(const std::string& address) {
  const milliseconds now = clock_.steady();
  if (key_.empty() || now - key_made_ > hours(24)) {
    key_ = random_.bytes(k_key_bytes);
    key_made_ = now;
    filed_.clear();
  }
  return std::string(bytes_of(hmac(key_, {network_of(address)})));
}

void Crowd::forget() {
  std::erase_if(filed_, [since = clock_.steady() - hours(1)](const Filed& one) { return one.at <= since; });
}

std::shared_ptr<const void> Crowd::seat(const std::string& address) {
  if (is_own(address)) return std::make_shared<int>();
  const std::lock_guard lock(mutex_);
  const std::string key = key_of(address);
  int& taken = uploads_[key];
  if (taken >= k_uploads_of_address) return nullptr;
  ++taken;
  return {this, [this, key](const void*) {
            const std::lock_guard back(mutex_);
            if (--uploads_[key] == 0) uploads_.erase(key);
          }};
}

bool Crowd::may_report(const std::string& address) {
  if (is_own(address)) return true;
  const std::lock_guard lock(mutex_);
  forget();
  const std::string key = key_of(address);
  const auto is_its = [&](const Filed& one) { return one.address == key; };
  return std::count_if(filed_.begin(), filed_.end(), is_its) < k_reports_of_address;
}

void Crowd::has_reported(const std::string& address) {
  const std::lock_guard lock(mutex_);
  forget();
  if (filed_.size() < k_most_filed) filed_.push_back({key_of(address), clock_.steady()});
}

bool Crowd::is_crowded() {
  const std::lock_guard lock(mutex_);
  forget();
  return filed_.size() >= k_many_reports;
}

}  // namespace sparkgate::api
