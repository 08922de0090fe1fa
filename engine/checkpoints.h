// The signed checkpoints of the running log, for any thread: the newest, which covers all that was acknowledged, and
// the published one, which the world sees and which changes once a second at most.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.h"
#include "engine/journal/checkpoint.h"

namespace sparkgate {

/// What the engine has of keys, which it does not know. Both may be called from any thread.
struct LogSigner {
  /// The whole signed note over a checkpoint's text. Refuses signing_failed.
  std::function<Result<std::string>(const std::string& text)> sign;
  /// Whether the log's own signatures stand under the note, and are right.
  std::function<bool(const std::string& note)> verify;
};

struct SignedCheckpoint {
  journal::Checkpoint checkpoint;
  std::string note;  // its text and signatures
};
using SignedPtr = std::shared_ptr<const SignedCheckpoint>;

class Checkpoints {
 public:
  /// `before_publishing`: brings the high-water mark to the disk.
  Checkpoints(const Clock& clock, std::function<void()> before_publishing);

  /// Null until one is signed.
  SignedPtr latest() const;
  /// Publishes the newest one if a second has passed since the last time. Null until one is signed.
  SignedPtr published();
  /// Told of each published checkpoint, on the thread that published it. Must return soon and not throw.
  void on_publish(std::function<void(const SignedPtr&)> listener);

  void set_latest(SignedPtr latest);
  /// Why no entries are taken and nothing is signed; nothing when all is well.
  std::optional<Refusal> obstacle() const;
  void set_obstacle(std::optional<Refusal> obstacle);

 private:
  bool is_due() const;

  const Clock& clock_;
  const std::function<void()> before_publishing_;
  mutable std::mutex mutex_;
  std::mutex publishing_;
  SignedPtr latest_, published_;
  milliseconds published_at_{};  // steady
  std::optional<Refusal> obstacle_;
  std::vector<std::function<void(const SignedPtr&)>> listeners_;
};

}  // namespace sparkgate
