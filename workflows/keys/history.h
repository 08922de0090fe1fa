// A key ring as the log tells it: which keys it held, and from which entry to which each was in force.
#pragma once

#include <map>
#include <optional>

#include "engine/journal/logged.h"

namespace sparkgate::keys {

/// One key's life, in indexes of the log.
struct KeyLife {
  std::string kid, kind;
  std::string ring;        // the instance; one person has one
  std::string person;      // whose it is; "" once erased
  std::string public_key;  // as it was sent; "" once erased
  bool is_root = false;    // by its own word: a verifier believes its own list alone
  int64_t enrolled = 0;
  std::vector<int64_t> endorsed;       // entries that endorse it
  std::optional<int64_t> active_from;  // the entry that brought it into force
  std::optional<int64_t> ended;        // the entry that ended it

  /// Could it sign what stands at that index: in force by an earlier entry, and not yet ended.
  bool was_active(int64_t index) const { return active_from && *active_from < index && (!ended || index < *ended); }
};

/// Replays one ring's entries from its first on. Refuses log_broken when they are not one ring's, in order, or do not
/// follow from each other; hashes and links are verified before (journal::verify_chain).
Result<std::map<std::string, KeyLife>> replay_ring(const std::vector<journal::Logged>& entries);

}  // namespace sparkgate::keys
