#include "api/live/seats.h"

#include "engine/base/codes.h"

namespace sparkgate::api {

Result<Seats::Seat> Seats::take(const Digest& session) {
  const std::lock_guard lock(taken_->mutex);
  int& mine = taken_->by_session[session];
  if (mine >= k_streams_of_a_session) return refuse(Code::too_many_streams, {{"limit", k_streams_of_a_session}});
  if (taken_->all >= k_streams) {
    if (mine == 0) taken_->by_session.erase(session);
    return refuse(Code::too_many_streams, {{"limit", k_streams}});
  }
  ++mine;
  ++taken_->all;
  return Seat(nullptr, [taken = taken_, session](const void*) {
    const std::lock_guard give_back(taken->mutex);
    if (--taken->by_session[session] == 0) taken->by_session.erase(session);
    --taken->all;
  });
}

}  // namespace sparkgate::api
