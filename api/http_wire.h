// Bytes on a plain socket that somebody else opens and closes; every wait ends in real time.
#pragma once

#include "engine/base/time.h"

namespace sparkgate::api {

class Wire {
 public:
  enum class Read { bytes, closed, timed_out };

  explicit Wire(int socket) : socket_(socket) {}

  /// What has come by the (steady) deadline, at most k_read_bytes, behind what `input` holds.
  Read receive(std::string& input, milliseconds deadline) const;
  static constexpr size_t k_read_bytes = 16 * 1024;

  /// Both, in one system call when the other end takes them. False when it is gone or takes longer.
  bool send(std::string_view head, std::string_view body, milliseconds time) const;

  /// Says that nothing more is sent, and throws away what still arrives, until the other end closes: closing while
  /// unread bytes wait would reset the connection and could destroy the answer on its way.
  void linger(milliseconds time) const;

  bool is_peer_gone() const;

  /// From any thread: whoever waits for bytes hears that it is closed.
  void stop_reading() const;
  void stop() const;

 private:
  bool wait_for(short event, milliseconds deadline) const;
  const int socket_;
};

}  // namespace sparkgate::api
