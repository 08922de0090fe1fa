// A serving process: the signals that end it, what keeps its memory to itself, and where it is reached.
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

/// No core dump, no other process of this user's looks into this one (ptrace, /proc), and secrets are not swapped out.
/// False where the system lets too little memory be locked for that. Before threads begin.
bool keep_memory_private();

std::string url_of(const std::string& address, uint16_t port);

}  // namespace sparkgate::admin
