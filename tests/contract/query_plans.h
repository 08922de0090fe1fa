// How SQLite answers: the plans of what a connection has prepared.
#pragma once

#include <string>

struct sqlite3;

namespace sparkgate::test {

/// One step of a plan a line. The connection may do everything from then on.
std::string query_plans(sqlite3* db);

}  // namespace sparkgate::test
