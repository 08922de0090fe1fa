#include "api/live/broadcast.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_kept = 1024;       // whoever is further behind reads the store
constexpr milliseconds k_gather(50);  // once there is something: what happens meanwhile is told with it

// Entries count over all logs, and the last log is the one that grows.
int64_t newest_stored(Engine& engine) {
  const auto logs = engine.read()->logs();
  return logs.empty() ? -1 : logs.back().first + static_cast<int64_t>(logs.back().size) - 1;
}

}  // namespace

struct Broadcast::Window {
  mutable std::mutex mutex;
  mutable std::condition_variable grown;
  std::deque<TransitionPtr> kept;  // of entries that follow on each other
  int64_t newest = -1;
  mutable size_t unasked = 0;  // entries since somebody asked: beyond the window nobody can be listening

  int64_t first() const { return newest + 1 - static_cast<int64_t>(kept.size()); }

  void add(const std::vector<Transition>& transitions) {
    {
      const std::lock_guard lock(mutex);
      for (const Transition& transition : transitions) {
        if (transition.entry != newest + 1 || unasked > k_kept) kept.clear();
        newest = transition.entry;
        if (++unasked > k_kept) continue;  // whoever comes later reads the store; keeping instances costs the writer
        kept.push_back(std::make_shared<const Transition>(transition));
        if (kept.size() > k_kept) kept.pop_front();
      }
    }
    grown.notify_all();
  }
};

Broadcast::Broadcast(Engine& engine) : window_(std::make_shared<Window>()) {
  window_->newest = newest_stored(engine);
  engine.on_commit([window = window_](const std::vector<Transition>& transitions) { window->add(transitions); });
}

int64_t Broadcast::newest() const {
  const std::lock_guard lock(window_->mutex);
  window_->unasked = 0;
  return window_->newest;
}

std::optional<std::vector<TransitionPtr>> Broadcast::after(int64_t index, milliseconds wait, size_t most) const {
  const Window& window = *window_;
  std::unique_lock lock(window.mutex);
  window.unasked = 0;
  if (index > window.newest) return std::nullopt;
  if (window.grown.wait_for(lock, wait, [&] { return window.newest > index; })) {
    const auto is_enough = [&] { return window.newest - index >= static_cast<int64_t>(most); };
    window.grown.wait_for(lock, std::min(wait, k_gather), is_enough);
  }
  if (index + 1 < window.first()) return std::nullopt;
  std::vector<TransitionPtr> out;
  for (auto at = window.kept.begin() + (index + 1 - window.first()); at != window.kept.end() && out.size() < most;) {
    out.push_back(*at++);
  }
  return out;
}

}  // namespace sparkgate::api
