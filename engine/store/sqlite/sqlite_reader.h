// Reading from SQLite; the writer reads the same way, on its own connection.
#pragma once

#include "engine/store/sqlite/sqlite_anchors.h"
#include "engine/store/sqlite/sqlite_list.h"
#include "engine/store/sqlite/sqlite_log.h"
#include "engine/store/sqlite/sqlite_photos.h"

namespace sparkgate::sqlite {

/// A row of (id, workflow, state, version, slot, head, at, data, personal).
Instance read_instance(Run& row);

template <class Base>
class Reading : public Base {
 public:
  explicit Reading(Connection& connection) : db_(connection) {}
  std::optional<Filed> instance(std::string_view id) override;
  std::vector<std::string> linked(std::string_view workflow, std::string_view kind, std::string_view ref) override;
  ListPage list(const ListQuery& query) override { return sqlite::list(db_, query); }
  std::vector<journal::Entry> entries(std::string_view instance) override;
  std::vector<FollowUpRecord> follow_ups(std::string_view instance) override;
  std::vector<StoredNotice> notices(const Actor& reader, int64_t before, int limit) override;
  std::optional<std::string> secret(std::string_view instance, std::string_view name) override;
  std::optional<Session> session(const Digest& token_hash) override;
  std::vector<Session> sessions(std::string_view account) override;
  int64_t counter(std::string_view name) override;
  std::vector<std::pair<std::string, int64_t>> tallies(std::string_view from, std::string_view until) override;
  std::string meta(std::string_view name) override;
  std::vector<std::pair<std::string, std::string>> documents(std::string_view kind) override;

  std::vector<StoredLog> logs() override { return sqlite::logs(db_); }
  std::vector<Digest> leaves(int64_t from, int64_t until) override { return sqlite::leaves(db_, from, until); }
  std::vector<std::string> entry_bytes(int64_t from, int64_t until) override {
    return sqlite::entry_bytes(db_, from, until);
  }
  int64_t count_entries(int64_t from, int64_t until) override { return sqlite::count_entries(db_, from, until); }
  std::optional<std::string> tile(int64_t log, int level, uint64_t number) override {
    return sqlite::tile(db_, log, level, number);
  }
  std::vector<Digest> tile_roots(int64_t log, int level, uint64_t from, uint64_t until) override {
    return sqlite::tile_roots(db_, log, level, from, until);
  }
  std::vector<SlotHead> slot_heads(int64_t until) override { return sqlite::slot_heads(db_, until); }

  std::optional<Anchored> anchored(int64_t log, uint64_t size) override { return sqlite::anchored(db_, log, size); }
  std::optional<Anchored> last_anchored(int64_t log, std::string_view kind, std::string_view name) override {
    return sqlite::last_anchored(db_, log, kind, name);
  }
  std::optional<Anchored> first_anchored(int64_t log, std::string_view kind, uint64_t least) override {
    return sqlite::first_anchored(db_, log, kind, least);
  }
  std::optional<Anchored> anchored_by(int64_t log, std::string_view kind, const std::vector<std::string>& names,
                                      size_t count, uint64_t least) override {
    return sqlite::anchored_by(db_, log, kind, names, count, least);
  }

  std::optional<StoredPhoto> photo(std::string_view sha256) override { return sqlite::photo(db_, sha256); }
  bool has_sent_photo(std::string_view account, std::string_view sha256) override {
    return sqlite::has_sent_photo(db_, account, sha256);
  }
  int64_t count_photos_sent(std::string_view account, Time since) override {
    return sqlite::count_photos_sent(db_, account, since);
  }
  std::vector<std::string> photos_like(const StoredPhoto& photo, size_t limit) override {
    return sqlite::photos_like(db_, photo, limit);
  }
  std::vector<std::string> unused_photos(Time since, int limit) override {
    return sqlite::unused_photos(db_, since, limit);
  }

 protected:
  Connection& db_;
};

class SqliteReader final : public Reading<Reader> {
 public:
  explicit SqliteReader(std::unique_ptr<Connection> connection)
      : Reading(*connection), connection_(std::move(connection)) {}

 private:
  std::unique_ptr<Connection> connection_;
};

}  // namespace sparkgate::sqlite
