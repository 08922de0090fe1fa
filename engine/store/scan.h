// All that a store holds, row by row and of one moment, for whoever checks it. Rows are given as they stand, whatever
// became of them: nothing in here trusts its content. While it is open no writer is.
#pragma once

#include "engine/store/store.h"

namespace sparkgate {

/// An entry as it is stored. Texts are valid during the visit alone.
struct EntryRow {
  int64_t index = 0, slot = 0, seq = 0;
  std::string_view bytes, leaf, facts, facts_salt;
  std::optional<std::string_view> personal, personal_salt;
  std::string_view personal_digest;
};

struct LinkRow {
  std::string workflow, kind, ref;
  auto operator<=>(const LinkRow&) const = default;
};

/// An instance with all that is derived from its entries.
struct InstanceRow {
  int64_t slot = 0;
  std::string id, workflow, state;
  int64_t version = 0;
  std::string head;
  Time at{};
  std::string area, unit;
  std::optional<Time> starts, ends;
  std::string data, personal;  // JSON
  std::vector<LinkRow> links;  // sorted
  std::vector<Timer> timers;   // by name
};

/// A row that tells of an entry: a kept answer, a notice, a follow-up; and of that entry what stands where it points,
/// "" where nothing does.
struct TellingRow {
  std::string name;                // of the row, for people
  int64_t index = 0;               // the entry it tells of
  std::string instance;            // whose entry that is, as the row says
  std::optional<std::string> event;  // of what type it is …
  std::optional<std::string> leaf;   // … and its leaf hash in hexadecimal, where the row says so
  std::string bytes;               // of the entry
};

class Scan {
 public:
  template <class Row>
  using Visit = std::function<void(const Row&)>;

  virtual ~Scan() = default;
  virtual Reader& reader() = 0;

  /// What the store's own check finds in its files: a line each; none when they are whole.
  virtual std::vector<std::string> damage() = 0;
  /// Tables with rows whose owner is not there, and how many.
  virtual std::vector<std::pair<std::string, int64_t>> strays() = 0;

  virtual void entries(const Visit<EntryRow>& visit) = 0;                   // all, by index
  virtual void entries_of(int64_t slot, const Visit<EntryRow>& visit) = 0;  // of one instance, by seq
  virtual std::optional<InstanceRow> instance(int64_t slot) = 0;
  virtual int64_t count_instances() = 0;
  virtual int64_t highest_slot() = 0;  // -1: none
  virtual int64_t count_tiles(int64_t log) = 0;
  /// Anchored checkpoints of a log: (size, note), by size.
  virtual std::vector<std::pair<uint64_t, std::string>> checkpoints(int64_t log) = 0;
  virtual std::vector<std::pair<std::string, int64_t>> counters() = 0;
  virtual void photos(const Visit<StoredPhoto>& visit) = 0;
  virtual void documents(const std::function<void(const std::string& digest, std::string_view bytes)>& visit) = 0;
  virtual void answers(const Visit<TellingRow>& visit) = 0;
  virtual void notices(const Visit<TellingRow>& visit) = 0;
  virtual void follow_ups(const Visit<TellingRow>& visit) = 0;  // their causes, and of those done what they led to
  /// The timer of the instance was refused once, and is settled.
  virtual bool was_refused(std::string_view instance, const Timer& timer) = 0;
};

}  // namespace sparkgate
