// A serving process: the signals that end it, and where it is reached.
#pragma once

#include <csignal>
#include <cstdint>
#include <string>

namespace sparkgate::admin {

/// SIGTERM and SIGINT, blocked in every thread made from now on, so that one waits for them in order; SIGPIPE is
/// ignored.
class EndSignals {
 public:
  EndSignals();
  int wait() const;  // the signal that came

 private:
  sigset_t signals_;
};

std::string url_of(const std::string& address, uint16_t port);

}  // namespace sparkgate::admin
