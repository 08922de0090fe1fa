#include "api/http_wire.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>

namespace sparkgate::api {
namespace {

const SystemClock k_clock;  // sockets wait in real time, whatever clock the engine is given

bool would_wait() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Wire::Read Wire::receive(std::string& input, milliseconds deadline) const {
  char chunk[k_read_bytes];
  while (wait_for(POLLIN, deadline)) {
    const ssize_t count = ::recv(socket_, chunk, sizeof chunk, MSG_DONTWAIT);
    if (count > 0) return input.append(chunk, static_cast<size_t>(count)), Read::bytes;
    if (count == 0 || (errno != EINTR && !would_wait())) return Read::closed;
  }
  return Read::timed_out;
}

bool Wire::send(std::string_view head, std::string_view body, milliseconds time) const {
  const milliseconds deadline = k_clock.steady() + time;
  while (!head.empty() || !body.empty()) {
    iovec parts[] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (!would_wait() || !wait_for(POLLOUT, deadline)) return false;
      continue;
    }
    const size_t of_head = std::min(static_cast<size_t>(sent), head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(static_cast<size_t>(sent) - of_head);
  }
  return true;
}

void Wire::linger(milliseconds time) const {
  ::shutdown(socket_, SHUT_WR);
  const milliseconds deadline = k_clock.steady() + time;
  std::string dropped;
  while (receive(dropped, deadline) == Read::bytes && k_clock.steady() < deadline) dropped.clear();
}

bool Wire::is_peer_gone() const {
  pollfd gone{socket_, POLLRDHUP, 0};
  return ::poll(&gone, 1, 0) > 0;
}

void Wire::stop_reading() const { ::shutdown(socket_, SHUT_RD); }
void Wire::stop() const { ::shutdown(socket_, SHUT_RDWR); }

bool Wire::wait_for(short event, milliseconds deadline) const {
  for (;;) {
    const auto left = std::max(deadline - k_clock.steady(), milliseconds(0));
    pollfd ready{socket_, event, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(left.count()));
    if (count >= 0 || errno != EINTR) return count != 0;  // an error shows itself in the next call on the socket
  }
}

}  // namespace sparkgate::api
