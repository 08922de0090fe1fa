// `sparkgate import PATH`: a ledger into the registry, all of it or nothing.
#pragma once

#include <ostream>
#include <string>

namespace sparkgate::admin {

/// Names every bad row on `err` and imports nothing when there is one (exit code 65).
int import_command(const std::string& path, const std::string& data, std::ostream& out, std::ostream& err);

}  // namespace sparkgate::admin
