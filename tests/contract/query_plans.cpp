#include "tests/contract/query_plans.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <vector>

namespace sparkgate::test {

std::string query_plans(sqlite3* db) {
  std::vector<std::string> statements;
  for (sqlite3_stmt* s = sqlite3_next_stmt(db, nullptr); s; s = sqlite3_next_stmt(db, s)) {
    statements.push_back(std::string("EXPLAIN QUERY PLAN ") + sqlite3_sql(s));
  }
  sqlite3_set_authorizer(db, nullptr, nullptr);
  std::string out;
  for (const std::string& sql : statements) {
    sqlite3_stmt* explain = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &explain, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    while (sqlite3_step(explain) == SQLITE_ROW) {
      out += reinterpret_cast<const char*>(sqlite3_column_text(explain, 3));
      out += "\n";
    }
    sqlite3_finalize(explain);
  }
  return out;
}

}  // namespace sparkgate::test
