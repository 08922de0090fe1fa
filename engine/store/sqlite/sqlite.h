// A connection and its prepared statements: the native C API with ownership and errors, nothing more.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/base/time.h"

namespace sparkgate::sqlite {

class Connection;

/// One run of a prepared statement: bind in order, step, read columns in order. Resets itself at its end.
class Run {
 public:
  Run(Connection& connection, sqlite3_stmt* statement) : connection_(connection), statement_(statement) {}
  Run(const Run&) = delete;
  ~Run();

  Run& bind(std::string_view text);
  Run& bind(const char* text) { return bind(std::string_view(text)); }
  Run& bind(const std::string& text) { return bind(std::string_view(text)); }
  Run& bind(int64_t number);
  Run& bind(int number) { return bind(static_cast<int64_t>(number)); }
  Run& bind(Time time) { return bind(static_cast<int64_t>(time.time_since_epoch().count())); }
  Run& bind_blob(std::string_view bytes);
  Run& bind(const Digest& digest) { return bind_blob(bytes_of(digest)); }
  Run& bind_null();
  template <class T>
  Run& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  /// True while there is a row. Throws StoreError.
  bool step();
  /// For statements without rows.
  void done() { step(); }

  std::string text();
  std::string_view view();  // valid until the next step
  int64_t number();
  Time time() { return Time(milliseconds(number())); }
  std::optional<Time> maybe_time();
  std::optional<std::string> maybe_text();
  std::optional<std::string_view> maybe_view();  // valid until the next step
  Digest digest();

 private:
  Connection& connection_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
  int column_ = 0;
};

class Connection {
 public:
  enum class Access { write, read };
  Connection(const std::filesystem::path& file, Access access);
  Connection(const Connection&) = delete;
  ~Connection();

  /// The statement is prepared at its first use and kept. `sql` must be a literal: nothing is ever concatenated.
  template <size_t N>
  Run run(const char (&sql)[N]) {
    return Run(*this, prepared(sql));
  }
  /// A migration: several statements at once.
  void script(std::string_view sql);
  /// From now on only plain statements: no ATTACH, no PRAGMA, no change of schema.
  void lock_down();
  /// Writes the file anew in the order of its keys and empties the write-ahead log, so that neither holds anything that
  /// was deleted or tells what was written first. As far as it goes: a full disk, or a reader in the way, leaves the
  /// file as it was. Takes about the file's size in memory. Not within a transaction.
  void vacuum();
  sqlite3* handle() const { return handle_.get(); }
  /// Throws StoreError; std::logic_error for a broken constraint, which only a programming error can cause.
  [[noreturn]] void fail(int code);

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  sqlite3_stmt* prepared(const char* sql);

  std::unique_ptr<sqlite3, Close> handle_;
  std::map<const char*, sqlite3_stmt*> statements_;  // by the literal's address
};

}  // namespace sparkgate::sqlite
