// A database behind everybody's back: rows as they lie in the file, to be altered as an intruder would.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct sqlite3;

namespace sparkgate::test {

/// As SQLite stores it: null, an integer, a text or a blob.
struct Value {
  enum class Kind { null, integer, text, blob } kind = Kind::null;
  int64_t number = 0;
  std::string bytes;
  bool operator==(const Value&) const = default;
};
using RawRow = std::vector<Value>;

class RawDatabase {
 public:
  explicit RawDatabase(const std::filesystem::path& file);
  RawDatabase(const RawDatabase&) = delete;
  ~RawDatabase();

  std::vector<std::string> columns(const std::string& table);
  std::vector<RawRow> rows(const std::string& table);
  /// False when the schema does not let it happen.
  bool remove(const std::string& table, const RawRow& row);
  bool insert(const std::string& table, const RawRow& row);
  bool replace(const std::string& table, const RawRow& before, const RawRow& after);
  void run(const std::string& sql);  // throws

 private:
  bool write(const std::string& sql, const std::vector<RawRow>& bound);
  std::string sql_where(const std::string& table);
  sqlite3* db_ = nullptr;
};

}  // namespace sparkgate::test
