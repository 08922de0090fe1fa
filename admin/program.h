// A program of the system that works on what strangers sent: without a shell, without network where the kernel lets us
// take it away, bounded in time, in memory and in what it writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/time.h"

namespace sparkgate::admin {

struct ProgramLimits {
  milliseconds time = seconds(60);
  uint64_t memory_bytes = 2ull << 30;  // of address space, each process
  uint64_t file_bytes = 64ull << 20;   // of one file that it writes
};

enum class ProgramEnd { well, badly, too_late };  // badly: also when it could not be started

/// Runs it in that folder, which is also its home; its input and output are empty. When this returns, all of it
/// has ended or been killed. `command`: the program's path and its arguments.
ProgramEnd run_program(const std::vector<std::string>& command, const std::filesystem::path& folder,
                       const ProgramLimits& limits);

}  // namespace sparkgate::admin
