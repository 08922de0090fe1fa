// Writing to SQLite: the process's one connection that writes and checkpoints.
#pragma once

#include "engine/store/sqlite/sqlite_reader.h"

namespace sparkgate::sqlite {

class SqliteWriter final : public Reading<Writer> {
 public:
  explicit SqliteWriter(Connection& connection);
  void begin() override;
  void commit() override;
  void rollback() override;
  bool in_transaction() override;
  void savepoint() override;
  void release() override;
  void undo() override;
  void put(const Filed& now, const Filed* before) override;
  void append(std::string_view instance, int64_t slot, int64_t seq, const journal::Entry& entry) override;
  void put_secret(std::string_view instance, std::string_view name, std::string_view value) override;
  int64_t put_notice(int64_t entry, std::string_view instance, const Notice& notice, Time at) override;
  void put_follow_up(const FollowUpRecord& record, std::string_view cause_instance) override;
  std::optional<StoredAnswer> answer(std::string_view account, std::string_view key) override;
  void put_answer(const StoredAnswer& answer) override;
  void prune_answers(Time older_than) override;
  int64_t raise_counter(std::string_view name) override;
  void set_counter(std::string_view name, int64_t value) override;
  void add_to_tally(std::string_view name, int64_t change) override;
  void put_session(const Session& session) override;
  void end_session(const Digest& token_hash) override;
  void end_sessions(std::string_view account) override;
  void put_meta(std::string_view name, std::string_view value) override;
  void put_document(std::string_view kind, std::string_view digest, std::string_view bytes) override;
  void put_log(const StoredLog& log) override;
  void put_tile(int64_t log, const journal::FullTile& tile) override;
  void erase_personal(std::string_view instance, int64_t slot) override;
  void put_checkpoint(int64_t log, uint64_t size, std::string_view note) override {
    sqlite::put_checkpoint(db_, log, size, note);
  }
  void put_anchor(int64_t log, uint64_t size, const Anchor& anchor) override {
    sqlite::put_anchor(db_, log, size, anchor);
  }
  void thin_anchors(std::string_view kind, Time from, Time until, milliseconds span) override {
    sqlite::thin_anchors(db_, kind, from, until, span);
  }
  void put_photo(const StoredPhoto& photo, std::string_view account, Time at) override {
    sqlite::put_photo(db_, photo, account, at);
  }
  bool remove_unused_photo(std::string_view sha256, Time since) override {
    return sqlite::remove_unused_photo(db_, sha256, since);
  }
  std::vector<DueTimer> due(Time at, int limit) override;
  std::optional<Time> next_due() override;
  void drop_timer(std::string_view instance, std::string_view name) override;
  Tail tail() override;
  void housekeeping(bool idle) override;

 private:
  void put_row(const Filed& now, const Filed* before);
  void put_links(const Filed& now, const Filed* before);
  void put_timers(const Filed& now, const Filed* before);
  bool has_erased_ = false;  // what was erased still stands in the write-ahead log
  int wal_pages_ = 0;        // in the write-ahead log since it began
  int copied_pages_ = 0;     // of these, already in the database
};

}  // namespace sparkgate::sqlite
