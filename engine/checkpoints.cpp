#include "engine/checkpoints.h"

namespace sparkgate {
namespace {

constexpr auto k_publish_every = seconds(1);

}  // namespace

Checkpoints::Checkpoints(const Clock& clock, std::function<void()> before_publishing)
    : clock_(clock), before_publishing_(std::move(before_publishing)) {}

SignedPtr Checkpoints::latest() const {
  const std::lock_guard lock(mutex_);
  return latest_;
}

void Checkpoints::set_latest(SignedPtr latest) {
  const std::lock_guard lock(mutex_);
  latest_ = std::move(latest);
}

std::optional<Refusal> Checkpoints::obstacle() const {
  const std::lock_guard lock(mutex_);
  return obstacle_;
}

void Checkpoints::set_obstacle(std::optional<Refusal> obstacle) {
  const std::lock_guard lock(mutex_);
  obstacle_ = std::move(obstacle);
}

void Checkpoints::on_publish(std::function<void(const SignedPtr&)> listener) {
  const std::lock_guard lock(publishing_);
  listeners_.push_back(std::move(listener));
}

bool Checkpoints::is_due() const {
  if (latest_ == published_) return false;
  return !published_ || clock_.steady() - published_at_ >= k_publish_every;
}

// Whoever asks first publishes; others meanwhile get what was published before.
SignedPtr Checkpoints::published() {
  SignedPtr next;
  std::unique_lock publishing(publishing_, std::defer_lock);
  {
    const std::lock_guard lock(mutex_);
    if (!is_due()) return published_;
    if (published_ && !publishing.try_lock()) return published_;
  }
  if (!publishing.owns_lock()) publishing.lock();  // the very first one is waited for
  {
    const std::lock_guard lock(mutex_);
    if (!is_due()) return published_;
    next = latest_;
    published_at_ = clock_.steady();
  }
  before_publishing_();
  {
    const std::lock_guard lock(mutex_);
    published_ = next;
  }
  for (const auto& listener : listeners_) listener(next);
  return next;
}

}  // namespace sparkgate
