// How many streams there may be, of one session and in all. A seat is free again when its last copy goes.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/base/digest.h"
#include "engine/base/refusal.h"

namespace sparkgate::api {

inline constexpr int k_streams_of_a_session = 6;
inline constexpr int k_streams = 400;  // each holds a connection's thread

class Seats {
 public:
  using Seat = std::shared_ptr<const void>;
  /// Refuses with too_many_streams.
  Result<Seat> take(const Digest& session);

 private:
  struct Taken {
    std::mutex mutex;
    std::map<Digest, int> by_session;
    int all = 0;
  };
  std::shared_ptr<Taken> taken_ = std::make_shared<Taken>();
};

}  // namespace sparkgate::api
