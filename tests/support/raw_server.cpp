#include "tests/support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace sparkgate::test {

RawServer::RawServer(std::function<void(int)> serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no server");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

RawServer::~RawServer() {
  is_over_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::string RawServer::url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

void RawServer::run() {
  while (!is_over_) {
    const int socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    ++served_;
    serve_(socket);
    ::close(socket);
  }
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

std::string receive_until(int socket, std::string_view end) {
  std::string got;
  char chunk[4096];
  while (got.find(end) == got.npos) {
    const ssize_t count = ::recv(socket, chunk, sizeof chunk, 0);
    if (count <= 0) break;
    got.append(chunk, static_cast<size_t>(count));
  }
  return got;
}

bool wait_for_close(int socket, int milliseconds) {
  pollfd ready{socket, POLLRDHUP, 0};
  return ::poll(&ready, 1, milliseconds) == 1;
}

std::function<void(int)> answering(std::string bytes) {
  return [bytes = std::move(bytes)](int socket) {
    receive_until(socket, "\r\n\r\n");
    send_all(socket, bytes);
  };
}

}  // namespace sparkgate::test
