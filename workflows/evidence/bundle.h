// The evidence bundle of one instance as a value, and as files: what is needed to judge its life without the service.
#pragma once

#include <optional>

#include "engine/journal/entry.h"
#include "workflows/evidence/archive.h"
#include "workflows/evidence/verdict.h"

namespace sparkgate::evidence {

inline constexpr std::string_view k_manifest = "manifest.json";
inline constexpr std::string_view k_checkpoint = "checkpoint";
inline constexpr std::string_view k_entries = "entries", k_heads = "heads", k_log = "log", k_keys = "keys/";

/// One entry with its payload, and its proof, in which the index stands. Read from a bundle, anything may be missing.
struct Record {
  journal::Entry entry;
  std::string proof;  // C2SP tlog-proof, with its checkpoint
  bool has_facts() const { return !entry.facts.salt.empty(); }
};

/// By their number: in the instance's own chain and in rings of keys the entry's seq.
using Records = std::map<size_t, Record>;

/// A timestamp (RFC 3161 response) over the exact bytes of a checkpoint, and how that leads to the bundle's.
struct Stamp {
  std::string response, checkpoint;
  std::string consistency;  // as add_checkpoint_text, with the bundle's checkpoint
};

struct Bundle {
  std::string workflow, instance;
  std::string checkpoint;                // signed and cosigned; every proof is about it or about an older log's last
  std::map<std::string, Records> chains;  // "entries"; "heads": the newest; "log": continues; "keys/<instance>"
  std::map<std::string, std::string> slots;  // by instance: where its latest entry stands in the newest heads
  std::map<std::string, std::string> packs;  // canonical JSON by digest
  std::map<size_t, Stamp> stamps;

  const Records& chain(std::string_view folder) const;
};

/// "entries/000012.json": what verdicts call it.
std::string file_of(std::string_view folder, size_t number);
/// "timestamps/000000.tsr"
std::string stamp_file_of(size_t number);

/// All files, the manifest among them.
Files files_of(const Bundle& bundle);

/// The bundle that the files hold, and what the manifest's step has to say of them: altered, missing, unlisted, unknown
/// and malformed files. Refuses bundle_unusable when there is no manifest of this format.
Result<Bundle> bundle_of(Files files, Verdict& verdict);

}  // namespace sparkgate::evidence
