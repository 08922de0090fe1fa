// A store that fails when the test says so, and counts its transactions.
#pragma once

#include <atomic>

#include "engine/store/store.h"

namespace sparkgate::test {

/// Passes everything on to `inner`. `before` is told the name of each writing call first and may throw StoreError.
class FaultyWriter final : public Writer {
 public:
  explicit FaultyWriter(Writer& inner) : inner_(inner) {}
  std::function<void(std::string_view call)> before = [](std::string_view) {};
  std::atomic<int> commits = 0;

  std::optional<Filed> instance(std::string_view id) override { return inner_.instance(id); }
  std::vector<std::string> linked(std::string_view w, std::string_view k, std::string_view r) override {
    return inner_.linked(w, k, r);
  }
  ListPage list(const ListQuery& query) override { return inner_.list(query); }
  std::vector<journal::Entry> entries(std::string_view id) override { return inner_.entries(id); }
  std::vector<FollowUpRecord> follow_ups(std::string_view id) override { return inner_.follow_ups(id); }
  std::vector<StoredNotice> notices(const Actor& a, int64_t b, int n) override { return inner_.notices(a, b, n); }
  std::optional<std::string> secret(std::string_view i, std::string_view n) override { return inner_.secret(i, n); }
  std::optional<Session> session(const Digest& token_hash) override { return inner_.session(token_hash); }
  std::vector<Session> sessions(std::string_view account) override { return inner_.sessions(account); }
  int64_t counter(std::string_view name) override { return inner_.counter(name); }
  std::vector<std::pair<std::string, int64_t>> tallies(std::string_view a, std::string_view b) override {
    return inner_.tallies(a, b);
  }
  std::string meta(std::string_view name) override { return inner_.meta(name); }
  std::vector<std::pair<std::string, std::string>> documents(std::string_view k) override {
    return inner_.documents(k);
  }

  std::vector<StoredLog> logs() override { return inner_.logs(); }
  std::vector<Digest> leaves(int64_t from, int64_t until) override { return inner_.leaves(from, until); }
  std::vector<std::string> entry_bytes(int64_t f, int64_t u) override { return inner_.entry_bytes(f, u); }
  int64_t count_entries(int64_t from, int64_t until) override { return inner_.count_entries(from, until); }
  std::optional<std::string> tile(int64_t l, int level, uint64_t n) override { return inner_.tile(l, level, n); }
  std::vector<Digest> tile_roots(int64_t l, int level, uint64_t f, uint64_t u) override {
    return inner_.tile_roots(l, level, f, u);
  }
  std::vector<SlotHead> slot_heads(int64_t until) override { return inner_.slot_heads(until); }
  std::optional<Anchored> anchored(int64_t log, uint64_t size) override { return inner_.anchored(log, size); }
  std::optional<Anchored> last_anchored(int64_t log, std::string_view k, std::string_view n) override {
    return inner_.last_anchored(log, k, n);
  }
  std::optional<Anchored> first_anchored(int64_t log, std::string_view k, uint64_t least) override {
    return inner_.first_anchored(log, k, least);
  }
  std::optional<Anchored> anchored_by(int64_t log, std::string_view k, const std::vector<std::string>& n, size_t c,
                                      uint64_t least) override {
    return inner_.anchored_by(log, k, n, c, least);
  }

  std::optional<StoredPhoto> photo(std::string_view sha256) override { return inner_.photo(sha256); }
  bool has_sent_photo(std::string_view a, std::string_view s) override { return inner_.has_sent_photo(a, s); }
  int64_t count_photos_sent(std::string_view a, Time since) override { return inner_.count_photos_sent(a, since); }
  std::vector<std::string> photos_like(const StoredPhoto& p, size_t n) override { return inner_.photos_like(p, n); }
  std::vector<std::string> unused_photos(Time since, int n) override { return inner_.unused_photos(since, n); }

  void begin() override { before("begin"), inner_.begin(); }
  void commit() override { before("commit"), inner_.commit(), ++commits; }
  void rollback() override { inner_.rollback(); }
  bool in_transaction() override { return inner_.in_transaction(); }
  void savepoint() override { before("savepoint"), inner_.savepoint(); }
  void release() override { before("release"), inner_.release(); }
  void undo() override { before("undo"), inner_.undo(); }
  void put(const Filed& now, const Filed* old) override { before("put"), inner_.put(now, old); }
  void append(std::string_view i, int64_t slot, int64_t seq, const journal::Entry& e) override {
    before("append"), inner_.append(i, slot, seq, e);
  }
  void put_secret(std::string_view i, std::string_view n, std::string_view v) override { inner_.put_secret(i, n, v); }
  int64_t put_notice(int64_t e, std::string_view i, const Notice& n, Time at) override {
    return before("put_notice"), inner_.put_notice(e, i, n, at);
  }
  void put_follow_up(const FollowUpRecord& r, std::string_view c) override {
    before("put_follow_up"), inner_.put_follow_up(r, c);
  }
  std::optional<StoredAnswer> answer(std::string_view a, std::string_view k) override { return inner_.answer(a, k); }
  void put_answer(const StoredAnswer& answer) override { before("put_answer"), inner_.put_answer(answer); }
  void prune_answers(Time older_than) override { inner_.prune_answers(older_than); }
  int64_t raise_counter(std::string_view name) override { return inner_.raise_counter(name); }
  void set_counter(std::string_view name, int64_t value) override { inner_.set_counter(name, value); }
  void add_to_tally(std::string_view name, int64_t change) override { inner_.add_to_tally(name, change); }
  void put_session(const Session& session) override { inner_.put_session(session); }
  void end_session(const Digest& token_hash) override { inner_.end_session(token_hash); }
  void end_sessions(std::string_view account) override { inner_.end_sessions(account); }
  void put_meta(std::string_view name, std::string_view value) override { inner_.put_meta(name, value); }
  void put_document(std::string_view k, std::string_view d, std::string_view b) override {
    inner_.put_document(k, d, b);
  }
  void put_log(const StoredLog& log) override { before("put_log"), inner_.put_log(log); }
  void put_tile(int64_t log, const journal::FullTile& t) override { before("put_tile"), inner_.put_tile(log, t); }
  void erase_personal(std::string_view i, int64_t slot) override {
    before("erase_personal"), inner_.erase_personal(i, slot);
  }
  void put_checkpoint(int64_t log, uint64_t size, std::string_view note) override {
    before("put_checkpoint"), inner_.put_checkpoint(log, size, note);
  }
  void put_anchor(int64_t log, uint64_t size, const Anchor& a) override {
    before("put_anchor"), inner_.put_anchor(log, size, a);
  }
  void thin_anchors(std::string_view kind, Time from, Time until, milliseconds span) override {
    before("thin_anchors"), inner_.thin_anchors(kind, from, until, span);
  }
  void put_photo(const StoredPhoto& photo, std::string_view account, Time at) override {
    before("put_photo"), inner_.put_photo(photo, account, at);
  }
  bool remove_unused_photo(std::string_view sha256, Time since) override {
    return before("remove_unused_photo"), inner_.remove_unused_photo(sha256, since);
  }
  std::vector<DueTimer> due(Time at, int limit) override { return inner_.due(at, limit); }
  std::optional<Time> next_due() override { return before("next_due"), inner_.next_due(); }
  void drop_timer(std::string_view i, std::string_view n) override { inner_.drop_timer(i, n); }
  Tail tail() override { return inner_.tail(); }
  void housekeeping(bool idle) override { inner_.housekeeping(idle); }

 private:
  Writer& inner_;
};

class FaultyStore final : public Store {
 public:
  explicit FaultyStore(std::unique_ptr<Store> inner) : inner_(std::move(inner)), writer_(inner_->writer()) {}
  FaultyWriter& writer() override { return writer_; }
  std::unique_ptr<Reader> reader() override { return inner_->reader(); }

 private:
  std::unique_ptr<Store> inner_;
  FaultyWriter writer_;
};

}  // namespace sparkgate::test
