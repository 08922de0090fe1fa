#include "admin/recurring.h"

#include "engine/store/store.h"

namespace sparkgate::admin {

Recurring::Recurring(milliseconds pause, std::function<Result<void>()> work, std::string failure,
                     std::function<void(const std::string&)> log)
    : pause_(pause),
      work_(std::move(work)),
      failure_(std::move(failure)),
      log_(std::move(log)),
      thread_([this](const std::stop_token& stop) { repeat(stop); }) {}

void Recurring::repeat(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  do {
    try {
      if (const auto done = work_(); !done) log_(failure_ + ": " + describe(done.error()));
    } catch (const StoreError& failed) {
      log_(failure_ + ": " + describe(failed.refusal()));
    }
  } while (!stopped_.wait_for(lock, stop, pause_, [&] { return stop.stop_requested(); }));
}

}  // namespace sparkgate::admin
