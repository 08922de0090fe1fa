#include "api/attempts.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate::api {
namespace {

constexpr int k_free_per_login = 5;
constexpr int k_free_per_address = 15;  // an office behind one address mistypes more often than one person
constexpr milliseconds k_first_wait = seconds(1);
constexpr milliseconds k_longest_wait = minutes(15);
constexpr milliseconds k_forgotten_after = hours(1);
constexpr size_t k_most_counts = 100'000;

milliseconds wait_after(int failures, int free) {
  if (failures < free) return milliseconds(0);
  const int doublings = std::min(failures - free, 20);
  return std::min(k_first_wait * (1 << doublings), k_longest_wait);
}

}  // namespace

Attempts::Count& Attempts::count(const std::string& key) {
  Count& found = counts_[key];
  if (found.failures > 0 && clock_.steady() - found.last > k_forgotten_after) found.failures = 0;
  return found;
}

void Attempts::forget_old() {
  if (counts_.size() < k_most_counts) return;
  const milliseconds now = clock_.steady();
  std::erase_if(counts_, [&](const auto& item) { return now - item.second.last > k_forgotten_after; });
  if (counts_.size() >= k_most_counts) counts_.clear();  // under such a flood the waits of all begin anew
}

Result<void> Attempts::begin(const std::string& login, const std::string& address) {
  const std::lock_guard lock(mutex_);
  forget_old();
  const milliseconds now = clock_.steady();
  Count& here = count("both " + address + " " + login);
  Count& of_login = count("login " + login);
  Count& of_address = count("address " + address);
  milliseconds left(0);
  const auto ask = [&](const Count& c, int free) {
    left = std::max(left, c.last + wait_after(c.failures, free) - now);
  };
  ask(here, k_free_per_login);
  if (!here.is_known) ask(of_login, k_free_per_login);
  if (!here.is_known) ask(of_address, k_free_per_address);
  if (left.count() > 0) {
    return refuse(Code::too_many_attempts, {{"retry_after_seconds", (left.count() + 999) / 1000}});
  }
  for (Count* c : {&here, &of_login, &of_address}) {
    if (c == &of_login && here.is_known) continue;
    c->failures += 1;
    c->last = now;
  }
  return {};
}

void Attempts::succeeded(const std::string& login, const std::string& address) {
  const std::lock_guard lock(mutex_);
  Count& here = count("both " + address + " " + login);
  here.failures = 0;
  here.is_known = true;
  count("login " + login).failures = 0;
  // Not reset: whoever owns one account must not buy free guesses at others with it.
  Count& of_address = count("address " + address);
  of_address.failures = std::max(0, of_address.failures - 1);
}

}  // namespace sparkgate::api
