// Where instances, entries, timers and all else durable live. One writer, many readers; engine/store/sqlite and later
// backends implement it, and one contract suite runs on each (tests/contract).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/journal/entry.h"
#include "engine/journal/right_edge.h"
#include "engine/workflow.h"

namespace sparkgate {

/// The store could not do it: an I/O error, a full disk. Caught at the edges (committer, router) only. `what` is for
/// the log; no client reads it.
class StoreError : public std::runtime_error {
 public:
  StoreError(Code code, const std::string& what) : std::runtime_error(what), code_(code) {}
  Refusal refusal() const { return {code_, {{"internal", what()}}, {}}; }

 private:
  Code code_;  // disk_full or store_failed
};

/// An instance with the index it is found by.
struct Filed {
  InstancePtr instance;
  Index index;
};

/// One page of a listing. `scopes`: links (kind, ref) of which one must be there; empty: all.
struct ListQuery {
  enum class Order {
    newest,  // first, by id
    due,     // soonest first, by Index::due; what waits for nothing is left out. Only with states
  };
  std::string workflow;
  std::vector<std::pair<std::string, std::string>> scopes;
  std::vector<std::pair<std::string, std::string>> links;  // all of these must be there
  std::vector<std::string> states;                         // one of these; empty: any
  bool states_are_few = false;      // few instances are in them at a time: they are looked through, not the scopes
  std::optional<Time> from, until;  // windows that touch [from, until)
  std::string words;                // each begins a word of Index::words, or stands in it where it is Chinese
  Order order = Order::newest;      // with words: newest
  std::string after;                // cursor: ListPage::next of the page before
  int limit = 50;
};

/// `next`: where to go on; "": this was all. A page may be short, or empty, and not the last.
struct ListPage {
  std::vector<InstancePtr> items;
  std::string next;
};

struct DueTimer {
  std::string instance;
  Timer timer;
};

struct StoredAnswer {
  std::string account, key;
  Digest body_digest{};
  std::string answer;  // JSON
  Time at{};
};

/// A command that one entry caused; `status` is done or refused, `outcome` says why.
struct FollowUpRecord {
  int64_t cause = 0;
  int ordinal = 0;
  FollowUp command;
  std::string status, outcome;
};

struct StoredNotice {
  int64_t id = 0;
  int64_t entry = 0;
  std::string instance;
  Notice notice;
  Time at{};
};

/// A sign-in or an access token, by the hash of its secret.
struct Session {
  Digest token_hash{};
  std::string account, kind, label, csrf_token;
  Time created{}, expires{};
};

/// A log: one origin and one Merkle tree over the entries [first, first + size). The last of several goes on growing.
struct StoredLog {
  int64_t number = 0;
  std::string origin;
  int64_t first = 0;  // global index of its first entry
  uint64_t size = 0;
  Digest root{};
  std::string checkpoint;  // the newest signed one that the store knows; "": none
};

/// The newest entry of an instance as of some size of the log.
struct SlotHead {
  int64_t slot = 0, seq = 0;
  Digest leaf{};
};

inline constexpr std::string_view k_cosignature = "cosignature";  // kinds of anchors: a line of a note …
inline constexpr std::string_view k_timestamp = "timestamp";      // … and a TimeStampResp (DER) about the whole note

/// What somebody else gave for a checkpoint.
struct Anchor {
  std::string kind, name;  // at most one of a kind and name for each checkpoint
  std::string bytes;
  Time at{};
};

/// A published checkpoint that others were asked to anchor: its note without what they gave, and that.
struct Anchored {
  int64_t log = 0;
  uint64_t size = 0;
  std::string note;
  std::vector<Anchor> anchors;  // by kind and name
};

inline constexpr std::string_view k_photo = "photo";            // kind of the links from instances to photos
inline constexpr std::string_view k_photo_folder = "files";     // in the data directory (blob_folder.h): SHA256 …
inline constexpr std::string_view k_display_copy = ".display";  // … and beside it SHA256.display, the copy to be shown

/// A photo by the SHA-256 of its bytes in hexadecimal; the bytes lie in files. When and where it was taken is what the
/// file claims, "" where it claims nothing.
struct StoredPhoto {
  std::string sha256;
  int64_t bytes = 0;
  int width = 0, height = 0;  // as it is to be seen
  std::string taken_at, longitude, latitude;
  uint64_t look = 0;  // pictures that look alike differ in few bits
};
inline constexpr int k_alike_bits = 2;

class Reader {
 public:
  virtual ~Reader() = default;
  virtual std::optional<Filed> instance(std::string_view id) = 0;
  virtual std::vector<std::string> linked(std::string_view workflow, std::string_view kind, std::string_view ref) = 0;
  virtual ListPage list(const ListQuery& query) = 0;
  virtual std::vector<journal::Entry> entries(std::string_view instance) = 0;
  /// Follow-ups caused by the instance's entries, or aimed at it.
  virtual std::vector<FollowUpRecord> follow_ups(std::string_view instance) = 0;
  /// Notices for the person, or for a role that a grant gives, newest first, ids below `before`.
  virtual std::vector<StoredNotice> notices(const Actor& reader, int64_t before, int limit) = 0;
  virtual std::optional<std::string> secret(std::string_view instance, std::string_view name) = 0;
  virtual std::optional<Session> session(const Digest& token_hash) = 0;
  virtual std::vector<Session> sessions(std::string_view account) = 0;
  virtual int64_t counter(std::string_view name) = 0;  // 0 before it is first raised
  /// Tallies by name, those in [from, until).
  virtual std::vector<std::pair<std::string, int64_t>> tallies(std::string_view from, std::string_view until) = 0;
  virtual std::string meta(std::string_view name) = 0;
  /// Documents by digest (packs, calendars) are never deleted.
  virtual std::vector<std::pair<std::string, std::string>> documents(std::string_view kind) = 0;  // (digest, bytes)

  // The log. Entries count from 0 over all logs; tiles and their hashes count within one.
  virtual std::vector<StoredLog> logs() = 0;                                      // by number
  virtual std::vector<Digest> leaves(int64_t from, int64_t until) = 0;            // of the entries [from, until)
  virtual std::vector<std::string> entry_bytes(int64_t from, int64_t until) = 0;  // of the same
  /// Number of entries in [from, until): fewer than until - from when some are missing.
  virtual int64_t count_entries(int64_t from, int64_t until) = 0;
  /// The 256 hashes of a full tile, one after the other; nothing when it is not full.
  virtual std::optional<std::string> tile(int64_t log, int level, uint64_t number) = 0;
  /// Roots of the full tiles [from, until) of that level.
  virtual std::vector<Digest> tile_roots(int64_t log, int level, uint64_t from, uint64_t until) = 0;
  /// Each instance's newest entry before the entry `until`, by slot; instances made later are left out.
  virtual std::vector<SlotHead> slot_heads(int64_t until) = 0;

  virtual std::optional<Anchored> anchored(int64_t log, uint64_t size) = 0;
  /// The newest checkpoint that `name` anchored; of its anchors that one alone.
  virtual std::optional<Anchored> last_anchored(int64_t log, std::string_view kind, std::string_view name) = 0;
  /// The oldest checkpoint of at least `least` entries that anybody anchored so.
  virtual std::optional<Anchored> first_anchored(int64_t log, std::string_view kind, uint64_t least) = 0;
  /// The newest checkpoint of at least `least` entries that `count` of `names` anchored.
  virtual std::optional<Anchored> anchored_by(int64_t log, std::string_view kind, const std::vector<std::string>& names,
                                              size_t count, uint64_t least) = 0;

  virtual std::optional<StoredPhoto> photo(std::string_view sha256) = 0;
  virtual bool has_sent_photo(std::string_view account, std::string_view sha256) = 0;
  virtual int64_t count_photos_sent(std::string_view account, Time since) = 0;
  /// Others whose look differs in k_alike_bits bits at most, the oldest first.
  virtual std::vector<std::string> photos_like(const StoredPhoto& photo, size_t limit) = 0;
  /// Photos that nobody has sent since and no instance links to.
  virtual std::vector<std::string> unused_photos(Time since, int limit) = 0;
};

class Writer : public Reader {
 public:
  virtual void begin() = 0;
  virtual void commit() = 0;    // returns after fsync
  virtual void rollback() = 0;  // does nothing when no transaction is open; never throws
  /// False too once the store has given up the whole transaction by itself (a full disk, an I/O error).
  virtual bool in_transaction() = 0;
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void undo() = 0;  // back to the latest savepoint, which ends

  /// Inserts or updates; links, timers and the personal part are stored as the difference to `before` (null: new).
  virtual void put(const Filed& now, const Filed* before) = 0;
  virtual void append(std::string_view instance, int64_t slot, int64_t seq, const journal::Entry& entry) = 0;
  virtual void put_secret(std::string_view instance, std::string_view name, std::string_view value) = 0;
  /// The id by which readers tell it from others.
  virtual int64_t put_notice(int64_t entry, std::string_view instance, const Notice& notice, Time at) = 0;
  virtual void put_follow_up(const FollowUpRecord& record, std::string_view cause_instance) = 0;
  virtual std::optional<StoredAnswer> answer(std::string_view account, std::string_view key) = 0;
  virtual void put_answer(const StoredAnswer& answer) = 0;
  virtual void prune_answers(Time older_than) = 0;
  virtual int64_t raise_counter(std::string_view name) = 0;  // its new value; the first is 1
  virtual void set_counter(std::string_view name, int64_t value) = 0;
  virtual void add_to_tally(std::string_view name, int64_t change) = 0;
  virtual void put_session(const Session& session) = 0;
  virtual void end_session(const Digest& token_hash) = 0;
  virtual void end_sessions(std::string_view account) = 0;
  virtual void put_meta(std::string_view name, std::string_view value) = 0;
  virtual void put_document(std::string_view kind, std::string_view digest, std::string_view bytes) = 0;
  virtual void put_log(const StoredLog& log) = 0;  // inserts or updates by number
  virtual void put_tile(int64_t log, const journal::FullTile& tile) = 0;
  /// Personal parts of the instance's entries with their salts, its notices and secrets. The entries stay.
  virtual void erase_personal(std::string_view instance, int64_t slot) = 0;

  /// The first note of a size and the first anchor of a kind and name stay, whatever comes later.
  virtual void put_checkpoint(int64_t log, uint64_t size, std::string_view note) = 0;
  virtual void put_anchor(int64_t log, uint64_t size, const Anchor& anchor) = 0;
  /// Of the anchors made in [from, until), those that the same name anchored a newer checkpoint after, within the same
  /// `span` of time, go; and with them the checkpoints that nobody anchors any more.
  virtual void thin_anchors(std::string_view kind, Time from, Time until, milliseconds span) = 0;

  /// The first row of a photo stays. Who has sent it, and when last, is kept beside it.
  virtual void put_photo(const StoredPhoto& photo, std::string_view account, Time at) = 0;
  /// False, and it stays, when it is not or no longer one of unused_photos(since).
  virtual bool remove_unused_photo(std::string_view sha256, Time since) = 0;

  /// Due at or before `at`, in order of (due, instance, name).
  virtual std::vector<DueTimer> due(Time at, int limit) = 0;
  virtual std::optional<Time> next_due() = 0;
  virtual void drop_timer(std::string_view instance, std::string_view name) = 0;

  /// Where the log stands: number of entries, of instances, time of the latest entry.
  struct Tail {
    int64_t entries = 0;
    int64_t slots = 0;
    Time at{};
  };
  virtual Tail tail() = 0;

  /// Housekeeping between transactions: `idle` says that nobody waits.
  virtual void housekeeping(bool idle) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual Writer& writer() = 0;
  virtual std::unique_ptr<Reader> reader() = 0;
};

/// Lends readers; a borrowed one returns by itself. Borrowing waits when all are out.
class ReaderPool {
 public:
  ReaderPool(Store& store, size_t size);
  ~ReaderPool();
  class Loan {
   public:
    Loan(ReaderPool& pool, std::unique_ptr<Reader> reader) : pool_(pool), reader_(std::move(reader)) {}
    Loan(const Loan&) = delete;
    ~Loan();
    Reader* operator->() const { return reader_.get(); }
    Reader& operator*() const { return *reader_; }

   private:
    ReaderPool& pool_;
    std::unique_ptr<Reader> reader_;
  };
  Loan borrow();

 private:
  struct Shelf;
  std::unique_ptr<Shelf> shelf_;
};

/// A View over committed state, for reads outside the writer.
class ReaderView final : public View {
 public:
  explicit ReaderView(Reader& reader) : reader_(reader) {}
  InstancePtr find(std::string_view id) const override;
  std::vector<InstancePtr> linked(std::string_view workflow, std::string_view kind,
                                  std::string_view ref) const override;
  int64_t counter(std::string_view name) const override { return reader_.counter(name); }

 private:
  Reader& reader_;
};

}  // namespace sparkgate
