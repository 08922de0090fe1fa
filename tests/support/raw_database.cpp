#include "tests/support/raw_database.h"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace sparkgate::test {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement prepare(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(db));
  }
  return Statement(statement);
}

// The pattern with the table's name in it, quoted as an identifier.
std::string named(const char* pattern, const std::string& table) {
  char* text = sqlite3_mprintf(pattern, table.c_str());
  std::string out(text);
  sqlite3_free(text);
  return out;
}

void bind(sqlite3_stmt* statement, int at, const Value& value) {
  const int size = static_cast<int>(value.bytes.size());
  if (value.kind == Value::Kind::null) sqlite3_bind_null(statement, at);
  if (value.kind == Value::Kind::integer) sqlite3_bind_int64(statement, at, value.number);
  if (value.kind == Value::Kind::text) sqlite3_bind_text(statement, at, value.bytes.data(), size, SQLITE_STATIC);
  if (value.kind == Value::Kind::blob) sqlite3_bind_blob(statement, at, value.bytes.data(), size, SQLITE_STATIC);
}

Value read(sqlite3_stmt* statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  Value out;
  if (type == SQLITE_NULL) return out;
  if (type == SQLITE_INTEGER) return {Value::Kind::integer, sqlite3_column_int64(statement, column), ""};
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
  out.kind = type == SQLITE_BLOB ? Value::Kind::blob : Value::Kind::text;
  if (bytes) out.bytes.assign(bytes, size);
  return out;
}

}  // namespace

RawDatabase::RawDatabase(const std::filesystem::path& file) {
  if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("cannot open " + file.string());
  run("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF");
}

RawDatabase::~RawDatabase() { sqlite3_close(db_); }

void RawDatabase::run(const std::string& sql) {
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
  }
}

std::vector<std::string> RawDatabase::columns(const std::string& table) {
  const auto statement = prepare(db_, named("PRAGMA table_info(\"%w\")", table));
  std::vector<std::string> out;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) out.push_back(read(statement.get(), 1).bytes);
  return out;
}

std::vector<RawRow> RawDatabase::rows(const std::string& table) {
  const auto statement = prepare(db_, named("SELECT * FROM \"%w\"", table));
  std::vector<RawRow> out;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    RawRow row;
    for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) row.push_back(read(statement.get(), i));
    out.push_back(std::move(row));
  }
  return out;
}

bool RawDatabase::write(const std::string& sql, const std::vector<RawRow>& bound) {
  const auto statement = prepare(db_, sql);
  int at = 0;
  for (const RawRow& row : bound) {
    for (const Value& value : row) bind(statement.get(), ++at, value);
  }
  return sqlite3_step(statement.get()) == SQLITE_DONE && sqlite3_changes(db_) == 1;
}

std::string RawDatabase::sql_where(const std::string& table) {
  std::string out;
  for (const std::string& column : columns(table)) out += (out.empty() ? " WHERE " : " AND ") + column + " IS ?";
  return out;
}

bool RawDatabase::remove(const std::string& table, const RawRow& row) {
  return write(named("DELETE FROM \"%w\"", table).append(sql_where(table)), {row});
}

bool RawDatabase::insert(const std::string& table, const RawRow& row) {
  std::string marks;
  for (size_t i = 0; i < row.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return write(named("INSERT INTO \"%w\" VALUES (", table).append(marks).append(")"), {row});
}

bool RawDatabase::replace(const std::string& table, const RawRow& before, const RawRow& after) {
  std::string set;
  for (const std::string& column : columns(table)) set += (set.empty() ? " SET " : ", ") + column + " = ?";
  return write(named("UPDATE \"%w\"", table).append(set).append(sql_where(table)), {after, before});
}

}  // namespace sparkgate::test
