// Where public reports are kept: a file of its own, apart from the log and from whatever has a time. It holds sealed
// things under random names and, in clear, only what must be found without opening anything. Days, never times; no row
// has a number that tells which came first. engine/store/sqlite and later backends implement it, and one contract suite
// runs on each (tests/contract).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"

namespace sparkgate {

inline constexpr size_t k_report_id_digits = 32;  // hexadecimal: 128 random bits

/// Days are written "2026-11-28"; "" where there is none. Bytes are bytes, not text.
struct StoredReport {
  std::string id;        // k_report_id_digits, random
  std::string lookup;    // 32 bytes, unique: what a receipt code leads to
  std::string state;     // by name
  int64_t version = 0;   // how many entries it has
  int64_t items = 0;     // how many it has
  Digest last_item{};    // zeros before the first
  std::string received;  // the day
  std::string due;       // the day on which the next clock runs out
  std::string expires;   // the day on which it is erased
  bool is_urgent = false;
  bool is_held = false;     // it is kept whatever `expires` says
  int64_t secret_epoch = 0; // of the roster under which the report's secret was made
  std::string source_wrap;  // the report's secret, for the source
  std::string auth_sealed;  // the source's mark key, sealed to the report
  bool operator==(const StoredReport&) const = default;
};

/// The report's secret, sealed to one reading key.
struct StoredWrap {
  std::string report;
  std::string key_id;  // key_id_of the reading key
  std::string sealed;
  bool operator==(const StoredWrap&) const = default;
};

/// What was said or sent, by either side, sealed to the report.
struct StoredItem {
  std::string report;
  int64_t sequence = 0;    // from 0 on, without gaps
  std::string kind;        // "text", "file", "note"
  std::string direction;   // "from_source", "from_officer"
  std::string author;      // the officer's id; "" for the source alone
  std::string key_sealed;  // the item's own key, sealed to the report
  std::string file;        // of kind "file": the random name of the sealed file that goes with it; else ""
  std::string body;        // sealed
  std::string proof;       // the source's mark or the officer's signature
  std::string day;
  bool operator==(const StoredItem&) const = default;
};

/// One transition of a report: canonical JSON, without a time.
struct StoredStep {
  std::string report;
  int64_t sequence = 0;  // from 0 on, without gaps
  std::string text;
  bool operator==(const StoredStep&) const = default;
};

struct StoredOfficer {
  std::string id;       // 32 hexadecimal digits, random
  std::string account;  // by which the officer signs in
  std::string name;
  std::string reading_key;  // 32 bytes each
  std::string signing_key;
  std::string passphrase_wrap;
  std::string recovery_wrap;
  bool operator==(const StoredOfficer&) const = default;
};

struct StoredRoster {
  int64_t epoch = 0;
  std::string text, signature;
  bool operator==(const StoredRoster&) const = default;
};

/// What one day's journal came to, for the main log.
struct StoredDay {
  std::string day;
  Digest root{};
  std::string leaves;  // the day's salted hashes and their padding, 32 bytes each, in the shuffled order of the root
  bool operator==(const StoredDay&) const = default;
};

/// Something that an officer hands on to another workflow. It names no report; the report's sealed notes name its key.
struct StoredHandOff {
  std::string key;      // 32 hexadecimal digits, random
  std::string due;      // the hour from which on it is done, "2026-11-28T07:00:00Z"; "" once it was
  std::string sealed;   // what is handed on, see workflows/report/hand_off.h; "" once it was done
  std::string outcome;  // JSON; "" until then
  bool operator==(const StoredHandOff&) const = default;
};

/// All reads within one piece of work are of one moment. They and writes throw StoreError when the file cannot be read
/// or written. Lists are in no order that tells anything: of reports and wraps by report and key, of items and steps by
/// sequence, of officers by id, of hand-offs by key, of days by day, of leaves by their bytes.
class IntakeReader {
 public:
  virtual ~IntakeReader() = default;
  virtual std::string setting(std::string_view name) = 0;  // bytes; "" when never put
  virtual std::optional<StoredReport> report(std::string_view id) = 0;
  virtual std::optional<StoredReport> report_by_lookup(std::string_view lookup) = 0;
  virtual std::vector<StoredReport> reports() = 0;
  virtual std::vector<StoredReport> reports_due(std::string_view until_day) = 0;      // `due` is at or before it
  virtual std::vector<StoredReport> reports_expired(std::string_view until_day) = 0;  // `expires` is; not held
  virtual std::vector<StoredWrap> wraps_of_report(std::string_view report) = 0;
  virtual std::vector<StoredWrap> wraps_of_key(std::string_view key_id) = 0;
  virtual std::vector<std::string> wrapped_keys() = 0;  // the ids of keys that there are wraps for
  virtual std::vector<StoredItem> items(std::string_view report) = 0;
  virtual std::optional<StoredItem> item(std::string_view report, int64_t sequence) = 0;
  virtual std::vector<StoredStep> steps(std::string_view report) = 0;
  virtual std::vector<StoredOfficer> officers() = 0;
  virtual std::optional<StoredOfficer> officer_of_account(std::string_view account) = 0;
  virtual std::vector<StoredRoster> rosters() = 0;                    // by epoch
  virtual std::vector<std::string> days_with_leaves() = 0;            // that have no StoredDay yet
  virtual std::vector<std::string> leaves(std::string_view day) = 0;  // 32 bytes each
  virtual std::vector<StoredDay> days() = 0;
  virtual std::optional<StoredHandOff> hand_off(std::string_view key) = 0;
  virtual std::vector<StoredHandOff> hand_offs_due(std::string_view until_hour) = 0;  // `due` is at or before it
  virtual bool names_file(std::string_view name) = 0;  // an item has it
};

/// Within one transaction: all of it is kept, or, when the work throws, nothing. Whatever the comments here do not
/// allow (another report's lookup, another officer's account, a sequence, epoch or day that is there already, something
/// of a report that is not there, a malformed id or day) throws std::logic_error.
class IntakeWriter : public IntakeReader {
 public:
  virtual void put_setting(std::string_view name, std::string_view value) = 0;
  /// Inserted, or replaced where the id is known.
  virtual void put(const StoredReport& report) = 0;
  /// Inserted, or replaced where the report has one for the key.
  virtual void put(const StoredWrap& wrap) = 0;
  virtual void remove_wrap(std::string_view report, std::string_view key_id) = 0;
  virtual void remove_wraps_of_key(std::string_view key_id) = 0;
  virtual void add(const StoredItem& item) = 0;
  /// The item's own key as it is sealed from now on; of an item that is there.
  virtual void reseal_item(std::string_view report, int64_t sequence, std::string_view key_sealed) = 0;
  virtual void add(const StoredStep& step) = 0;
  /// Inserted, or replaced where the id is known.
  virtual void put(const StoredOfficer& officer) = 0;
  virtual void add(const StoredRoster& roster) = 0;
  /// Inserted, or replaced where the key is known.
  virtual void put(const StoredHandOff& hand_off) = 0;
  /// Not to a day that has its StoredDay: no root would ever cover it.
  virtual void add_leaf(std::string_view day, std::string_view leaf) = 0;
  /// The day's own leaves go: they stand in it.
  virtual void add(const StoredDay& day) = 0;
  /// Wraps first, then items, steps and the report itself. The files that items name are the caller's.
  virtual void erase_report(std::string_view report) = 0;
};

/// For any thread. A piece of work uses what it is given, never the store itself: it would wait for itself.
class IntakeStore {
 public:
  virtual ~IntakeStore() = default;
  /// One at a time; the others wait. Committed and on the disk when it returns. What was removed or replaced by it
  /// (a report, a wrap, an officer, a day's leaves) is then gone from the store's files too, and with it whatever the
  /// files' layout told of the order in which things came; reads wait for that, and for no other write. Where it cannot
  /// be done at once (the disk is full, a backup is being made), the next such write or the next opening does it.
  virtual void write(const std::function<void(IntakeWriter&)>& work) = 0;
  virtual void read(const std::function<void(IntakeReader&)>& work) = 0;
};

}  // namespace sparkgate
