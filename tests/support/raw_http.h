// HTTP as bytes on a loopback socket, for tests: send what no library would send, read what really comes back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sparkgate::test {

struct Answer {
  int status = 0;  // 0: the connection ended or stayed silent instead
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

/// One connection, to 127.0.0.1 unless told otherwise. Waits are bounded (20 s unless told otherwise), never exact.
class RawConnection {
 public:
  explicit RawConnection(uint16_t port, const char* address = "127.0.0.1");
  ~RawConnection();
  RawConnection(RawConnection&& other) noexcept;
  RawConnection(const RawConnection&) = delete;

  bool is_open() const { return socket_ >= 0; }
  bool send(std::string_view bytes);  // false when the other end is gone
  void finish_sending();              // a FIN; answers can still be read
  /// The next answer; interim ones (1xx) are answers, too. `is_bodiless`: after HEAD.
  Answer read_answer(bool is_bodiless = false, int wait_seconds = 20);
  /// What comes up to and with the mark; "" when the connection ends or stays silent before it.
  std::string read_until(std::string_view mark, int wait_seconds = 20);
  /// True when the other end closes without sending anything more.
  bool is_closed_by_peer(int wait_seconds = 20);

 private:
  bool receive(int wait_seconds);
  int socket_;
  std::string input_;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A well-behaved caller with keep-alive; connects again when the server has closed.
class HttpClient {
 public:
  explicit HttpClient(uint16_t port) : port_(port) {}
  Answer request(std::string_view method, std::string_view target, const Fields& headers = {},
                 std::string_view body = "");
  Answer get(std::string_view target, const Fields& headers = {}) { return request("GET", target, headers); }

 private:
  uint16_t port_;
  std::optional<RawConnection> connection_;
};

}  // namespace sparkgate::test
