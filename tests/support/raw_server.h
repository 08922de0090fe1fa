// A server on a loopback socket that answers with whatever bytes a test gives, in whatever rhythm.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace sparkgate::test {

/// One connection at a time; `serve` is called with its socket, which is closed afterwards.
class RawServer {
 public:
  explicit RawServer(std::function<void(int socket)> serve);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  uint16_t port() const { return port_; }
  std::string url(const std::string& path = "/") const;
  int served() const { return served_; }

 private:
  void run();
  const std::function<void(int)> serve_;
  int listener_;
  uint16_t port_ = 0;
  std::atomic<bool> is_over_ = false;
  std::atomic<int> served_ = 0;
  std::thread thread_;
};

/// False when the other end is gone.
bool send_all(int socket, std::string_view bytes);
/// Reads until the other end closes or `end` was seen.
std::string receive_until(int socket, std::string_view end);
/// Returns when the other end closes, or after so long.
bool wait_for_close(int socket, int milliseconds);

/// A server that reads a request's head and answers with these bytes.
std::function<void(int)> answering(std::string bytes);

}  // namespace sparkgate::test
