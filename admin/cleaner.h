// Cleaned copies by mat2: in a folder of its own, in memory, that is gone when this returns.
#pragma once

#include <functional>

#include "admin/program.h"
#include "engine/base/refusal.h"

namespace sparkgate::admin {

class Cleaner {
 public:
  struct Options {
    std::filesystem::path program = "/usr/bin/mat2";
    std::filesystem::path memory = "/dev/shm";
    ProgramLimits limits = {};
  };

  /// Removes what an earlier run for the same data directory left when it was killed. Says in the log when `memory` is
  /// no tmpfs: the folders lie on a disk then.
  Cleaner(Options options, const std::filesystem::path& data, const std::function<void(const std::string&)>& log);

  /// As report::Clean.
  Result<std::string> clean(std::string_view bytes, std::string_view extension) const;

 private:
  void remove_leftovers() const;

  Options options_;
  std::string prefix_;  // of folders' names, of this data directory alone
};

}  // namespace sparkgate::admin
