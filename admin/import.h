// A ledger in CSV files as commands for the registry; every bad row is named, and nothing is stored here.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/csv.h"
#include "engine/workflow.h"

namespace sparkgate::admin {

struct Import {
  std::vector<Command> commands;  // `register`, in an order in which each finds what it refers to
  std::vector<Refusal> errors;    // import_row_invalid or file_unreadable; when there are any, run no command
  std::vector<Refusal> warnings;  // import_row_invalid too: rows that are kept though something looks wrong
};

/// Files by name: areas, units, operators, fire_watches, machines, accounts, calendar (".csv"); others are left alone.
/// Operators, fire watches and the people behind accounts become persons too. Each row is judged by the workflow that
/// will register it, over `view` and the rows before it.
Import import_tables(const std::map<std::string, std::string>& bytes_by_name, const View& view, const Actor& actor);

/// The same for a folder, or for one file of those names.
Import import_ledger(const std::string& path, const View& view, const Actor& actor);

}  // namespace sparkgate::admin
