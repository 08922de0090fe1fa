// `sparkgate backup` and `sparkgate restore`.
#pragma once

#include <iosfwd>

#include "admin/backup.h"

namespace sparkgate::admin {

/// Exit codes: 0, 1 (refused, or the check of the copy found problems).
int backup_command(const BackupOptions& options, std::ostream& out, std::ostream& err);
int restore_command(const std::string& from, const std::string& data, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
