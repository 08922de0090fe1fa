// `sparkgate log continue`: the way on after a data directory was restored from an old backup.
#pragma once

#include <ostream>
#include <string>

namespace sparkgate::admin {

struct LogContinueOptions {
  std::string data = "./data";
  std::string origin;                            // of the next log
  std::string log_key, log_sm2_key, high_water;  // as for serve
};

/// Closes the log and opens the next one; says what was lost and which keys check it. Returns the exit code.
int log_continue(const LogContinueOptions& options, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
