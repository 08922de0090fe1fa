// What a serving process does to keep its memory to itself: in a process of its own, since nothing undoes it.
#include "admin/process.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "certs/x25519.h"
#include "engine/base/random.h"

namespace sparkgate::admin {
namespace {

// What the check says in a child.
bool holds_in_child(bool (*check)()) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(check() ? 0 : 1);
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

long locked_kib() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmLck:")) return std::stol(line.substr(6));
  }
  return -1;
}

// Secrets go on working, wherever they lie; more of them than there is room for.
bool keys_work() {
  SystemRandom random;
  std::vector<X25519Key> keys;
  for (int i = 0; i < 3000; ++i) keys.push_back(X25519Key::generate(random));
  const auto one = keys.front().agree(keys.back().public_key()), other = keys.back().agree(keys.front().public_key());
  return one && other && one->view() == other->view();
}

TEST(Process, of_the_service_leaves_no_core_dump_and_lets_nobody_look_into_it) {
  EXPECT_TRUE(holds_in_child([] {
    if (::prctl(PR_SET_DUMPABLE, 1) != 0) return false;  // else it would show nothing
    keep_memory_private();
    rlimit core{1, 1};
    ::getrlimit(RLIMIT_CORE, &core);
    return ::prctl(PR_GET_DUMPABLE) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
  }));
}

TEST(Process, of_the_service_locks_the_memory_of_its_secrets) {
  EXPECT_TRUE(holds_in_child([] {
    const long before = locked_kib();
    const bool is_locked = keep_memory_private();
    if (!is_locked) return true;  // the machine lets nothing be locked: the next test is about that
    const SecretBytes secret(32);
    return keys_work() && locked_kib() >= before + 256;
  }));
}

TEST(Process, of_the_service_runs_where_little_memory_may_be_locked_and_says_so) {
  EXPECT_TRUE(holds_in_child([] {
    const rlimit none{0, 0};
    constexpr uid_t k_nobody = 65534;
    if (::setrlimit(RLIMIT_MEMLOCK, &none) != 0) return false;
    if (::geteuid() == 0 && ::setuid(k_nobody) != 0) return false;  // the limit does not bind root
    return !keep_memory_private() && keys_work();
  }));
}

}  // namespace
}  // namespace sparkgate::admin
