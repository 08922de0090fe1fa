#include "tests/support/fake_clamd.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "tests/support/raw_server.h"

namespace sparkgate::test {
namespace {

// So many bytes; fewer when the other end is gone.
std::string receive(int socket, size_t count) {
  std::string got(count, '\0');
  size_t have = 0;
  while (have < count) {
    const ssize_t more = ::recv(socket, got.data() + have, count - have, 0);
    if (more <= 0) break;
    have += static_cast<size_t>(more);
  }
  got.resize(have);
  return got;
}

}  // namespace

FakeClamd::FakeClamd(std::filesystem::path socket)
    : path_(std::move(socket)), listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(listener_, 16) != 0) {
    throw std::runtime_error("no socket at " + path_.string());
  }
  thread_ = std::thread([this] { run(); });
}

FakeClamd::~FakeClamd() {
  is_over_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::string FakeClamd::scanned() const {
  const std::lock_guard lock(mutex_);
  return scanned_;
}

void FakeClamd::answer(std::string text) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(text);
}

void FakeClamd::run() {
  while (!is_over_) {
    const int socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    serve(socket);
    ::close(socket);
  }
}

void FakeClamd::serve(int socket) {
  using namespace std::string_literals;
  if (receive(socket, 10) != "zINSTREAM\0"s) return;
  std::string bytes;
  for (;;) {
    size_t size = 0;
    const std::string length = receive(socket, 4);
    if (length.size() != 4) return;
    for (const char c : length) size = size << 8 | static_cast<unsigned char>(c);
    if (size == 0) break;
    bytes += receive(socket, size);
  }
  const std::lock_guard lock(mutex_);
  scanned_ = bytes;
  const std::string verdict = bytes.find("malware") == bytes.npos ? "stream: OK" : "stream: Test.Malware FOUND";
  send_all(socket, (answer_.empty() ? verdict : answer_) + '\0');
}

}  // namespace sparkgate::test
