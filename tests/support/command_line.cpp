#include "tests/support/command_line.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace sparkgate::test {

Ran run(const std::string& command) {
  FILE* pipe = ::popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("no shell");
  Ran out;
  std::array<char, 4096> part;
  while (const size_t size = std::fread(part.data(), 1, part.size(), pipe)) out.output.append(part.data(), size);
  const int status = ::pclose(pipe);
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

bool has_program(const std::string& name) { return run("command -v " + name).status == 0; }

}  // namespace sparkgate::test
