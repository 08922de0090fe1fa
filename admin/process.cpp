#include "admin/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include "certs/secret_memory.h"

namespace sparkgate::admin {

EndSignals::EndSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int EndSignals::wait() const {
  int signal = 0;
  sigwait(&signals_, &signal);
  return signal;
}

bool keep_memory_private() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
  return lock_secret_memory();
}

std::string url_of(const std::string& address, uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

}  // namespace sparkgate::admin
