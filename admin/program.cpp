#include "admin/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace sparkgate::admin {
namespace {

const SystemClock k_clock;  // a program runs in real time, whatever clock the service is given

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

void limit(__rlimit_resource_t resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(resource, &both);
}

// Between fork and exec only calls that are safe in a copy of a process with threads.
[[noreturn]] void become(char* const* command, char* const* environment, const char* folder,
                         const ProgramLimits& limits) {
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_AS, limits.memory_bytes);
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.time.count() / 1000 + 1));
  limit(RLIMIT_FSIZE, limits.file_bytes);
  limit(RLIMIT_CORE, 0);
  unshare(CLONE_NEWUSER | CLONE_NEWNET);  // not everywhere: then it keeps a network that it has no use for
  prctl(PR_SET_PDEATHSIG, SIGKILL);       // it does not outlive us
  const int nothing = open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) dup2(nothing, stream);
  close_range(3, ~0u, 0);
  if (chdir(folder) == 0) execve(command[0], command, environment);
  _exit(127);
}

bool ends_within(int process, milliseconds time) {
  const milliseconds deadline = k_clock.steady() + time;
  pollfd ended{process, POLLIN, 0};
  for (;;) {
    const milliseconds left = std::max(deadline - k_clock.steady(), milliseconds(0));
    const int ready = poll(&ended, 1, static_cast<int>(left.count()));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace

ProgramEnd run_program(const std::vector<std::string>& command, const std::filesystem::path& folder,
                       const ProgramLimits& limits) {
  const std::string home = folder.string();
  std::vector<std::string> texts = command;
  std::vector<std::string> variables = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + home, "TMPDIR=" + home,
                                        "PYTHONDONTWRITEBYTECODE=1"};
  const auto arguments = pointers(texts), environment = pointers(variables);
  const pid_t child = fork();
  if (child < 0) return ProgramEnd::badly;
  if (child == 0) become(arguments.data(), environment.data(), home.c_str(), limits);
  const int process = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  const bool is_in_time = process >= 0 && ends_within(process, limits.time);
  if (process >= 0) close(process);
  kill(-child, SIGKILL);  // and whatever it started
  kill(child, SIGKILL);   // if it has not come so far as to lead a group
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!is_in_time) return ProgramEnd::too_late;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ProgramEnd::well : ProgramEnd::badly;
}

}  // namespace sparkgate::admin
