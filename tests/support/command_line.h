// Programs of others, run by tests that compare with them.
#pragma once

#include <string>

namespace sparkgate::test {

struct Ran {
  int status = 0;      // of the shell: 127 when there is no such program
  std::string output;  // stdout and stderr
};

/// By the shell; quote paths.
Ran run(const std::string& command);

bool has_program(const std::string& name);

}  // namespace sparkgate::test
