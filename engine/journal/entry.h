// One entry of the log and the chain it stands in: canonical JSON whose hash the next entry of its instance repeats.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/random.h"

namespace sparkgate::journal {

/// What an entry says in the open. Person names are per-instance ("p1", "system").
struct Head {
  std::string origin;
  std::string workflow;
  std::string instance;
  int64_t seq = 0;
  std::optional<Digest> prev;   // leaf hash of the instance's previous entry; none at seq 0
  std::optional<int64_t> slot;  // dense number of the instance, in its first entry only
  std::string type, from, to, actor;
  Time at{};
};

/// Facts or personal data: canonical JSON and the 32-byte salt that keeps its hash from being guessed.
struct Part {
  std::string json;
  std::string salt;
  Digest digest() const { return sha256({salt, json}); }
};

struct Entry {
  int64_t index = 0;  // global and contiguous
  // JCS of {v, origin, workflow, instance, seq, prev, [slot,] type, from, to, at, actor, payload_hash}
  std::string bytes;
  Digest leaf{};      // SHA-256(00 ‖ bytes), as in RFC 9162
  Part facts;
  std::optional<Part> personal;  // none once erased
  Digest personal_digest{};      // stays when the personal part is erased
};

inline constexpr size_t k_max_entry_bytes = 65535;  // C2SP tlog-tiles: a u16 length in an entry bundle

Digest leaf_hash(std::string_view bytes);

/// Salts both parts and seals the entry. The parts' digests are hashed together into payload_hash.
Entry make_entry(const Head& head, const Json& facts, const Json& personal, Random& random);

/// Reads the open part back, all but `prev`. Refuses with log_broken.
Result<Head> read_head(const Entry& entry);

/// Whether the parts, or their digests, have the payload_hash that the entry says. Refuses with log_broken.
Result<void> verify_payload(const Entry& entry);

/// Checks one instance's entries from seq 0 on, whatever became of their parts: bytes, leaf hashes, order, links.
/// Indexes ascend within one origin. Refuses with log_broken.
Result<void> verify_links(const std::vector<Entry>& entries);

/// Both.
Result<void> verify_chain(const std::vector<Entry>& entries);

}  // namespace sparkgate::journal
