#include "tests/support/raw_http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "api/ascii.h"

namespace sparkgate::test {

RawConnection::RawConnection(uint16_t port, const char* to)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = ::inet_addr(to);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawConnection::~RawConnection() {
  if (is_open()) ::close(socket_);
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)) {}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void RawConnection::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawConnection::receive(int wait_seconds) {
  pollfd ready{socket_, POLLIN, 0};
  if (::poll(&ready, 1, wait_seconds * 1000) != 1) return false;
  char chunk[16384];
  const ssize_t count = ::recv(socket_, chunk, sizeof chunk, 0);
  if (count <= 0) return false;
  input_.append(chunk, static_cast<size_t>(count));
  return true;
}

Answer RawConnection::read_answer(bool is_bodiless, int wait_seconds) {
  size_t end;
  while ((end = input_.find("\r\n\r\n")) == input_.npos) {
    if (!receive(wait_seconds)) return {};
  }
  Answer answer;
  answer.status = std::stoi(input_.substr(9, 3));
  for (size_t start = input_.find("\r\n") + 2; start < end + 2;) {
    const size_t colon = input_.find(':', start), line_end = input_.find("\r\n", start);
    answer.headers[api::to_lower(input_.substr(start, colon - start))] =
        api::trim_blanks(std::string_view(input_).substr(colon + 1, line_end - colon - 1));
    start = line_end + 2;
  }
  input_.erase(0, end + 4);
  const bool has_length = answer.headers.contains("content-length") && !is_bodiless;
  const size_t length = has_length ? std::stoul(answer.headers["content-length"]) : 0;
  while (input_.size() < length) {
    if (!receive(wait_seconds)) return {};
  }
  answer.body = input_.substr(0, length);
  input_.erase(0, length);
  return answer;
}

std::string RawConnection::read_until(std::string_view mark, int wait_seconds) {
  size_t end;
  while ((end = input_.find(mark)) == input_.npos) {
    if (!receive(wait_seconds)) return "";
  }
  std::string out = input_.substr(0, end + mark.size());
  input_.erase(0, out.size());
  return out;
}

bool RawConnection::is_closed_by_peer(int wait_seconds) {
  if (!input_.empty()) return false;
  pollfd ready{socket_, POLLIN, 0};
  if (::poll(&ready, 1, wait_seconds * 1000) != 1) return false;
  return !receive(0);
}

Answer HttpClient::request(std::string_view method, std::string_view target, const Fields& headers,
                           std::string_view body) {
  std::string bytes;
  bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : headers) bytes.append(name).append(": ").append(value).append("\r\n");
  if (!body.empty() || (method != "GET" && method != "HEAD")) {
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  bytes.append("\r\n").append(body);
  if (connection_ && connection_->is_closed_by_peer(0)) connection_.reset();
  if (!connection_) connection_.emplace(port_);
  Answer answer;
  if (connection_->send(bytes)) answer = connection_->read_answer(method == "HEAD");
  const auto closing = answer.headers.find("connection");
  if (answer.status == 0 || (closing != answer.headers.end() && closing->second == "close")) connection_.reset();
  return answer;
}

}  // namespace sparkgate::test
