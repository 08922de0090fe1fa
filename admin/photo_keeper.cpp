#include "admin/photo_keeper.h"

namespace sparkgate::admin {
namespace {

constexpr auto k_sweep_every = hours(1);

}  // namespace

PhotoKeeper::PhotoKeeper(api::Photos& photos, std::function<void(const std::string&)> log)
    : photos_(photos), log_(std::move(log)), thread_([this](const std::stop_token& stop) { keep(stop); }) {}

void PhotoKeeper::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  do {
    try {
      const auto swept = photos_.sweep();
      if (!swept) log_("photos not swept: " + describe(swept.error()));
      if (swept && *swept > 0) log_("photos removed that nothing used: " + std::to_string(*swept));
    } catch (const StoreError& failed) {
      log_("photos not swept: " + describe(failed.refusal()));
    }
  } while (!stopped_.wait_for(lock, stop, k_sweep_every, [&] { return stop.stop_requested(); }));
}

}  // namespace sparkgate::admin
