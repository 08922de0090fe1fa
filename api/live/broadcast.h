// What was committed lately, kept once for all who listen: each listener knows how far it is, and asks for what came
// after. Nothing is queued for anybody, so nobody's slowness costs more than what is kept anyway.
#pragma once

#include <condition_variable>
#include <deque>

#include "engine/engine.h"

namespace sparkgate::api {

using TransitionPtr = std::shared_ptr<const Transition>;

class Broadcast {
 public:
  explicit Broadcast(Engine& engine);

  /// The newest entry; -1 when there is none.
  int64_t newest() const;
  /// The entries after `index`, `most` of them at most. Waits for one, and then a little for more; empty when none came
  /// within `wait`. Nothing when some of them are not kept any more, or `index` is beyond the newest.
  std::optional<std::vector<TransitionPtr>> after(int64_t index, milliseconds wait, size_t most) const;

 private:
  struct Window;
  std::shared_ptr<Window> window_;  // shared with the engine's listener, which may outlive this
};

}  // namespace sparkgate::api
