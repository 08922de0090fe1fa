// What the steps of a verification share. Private to workflows/evidence.
#pragma once

#include "engine/journal/checkpoint.h"
#include "workflows/evidence/bundle.h"
#include "workflows/evidence/verify.h"

namespace sparkgate::evidence {

/// An entry of the bundle, as far as it can be read.
struct Checked {
  std::string file;  // "entries/000003.json"
  Record& record;
  std::optional<journal::Head> head;
  uint64_t index = 0;     // within its own log; the entry's counts over all logs of the bundle
  bool in_log = false;    // stands in a signed tree of its own origin
  bool is_whole = false;  // its payload is what it says

  const journal::Entry& entry() const { return record.entry; }
  /// What it says can be relied on.
  bool is_sound() const { return in_log && is_whole; }
};

struct Case {
  Bundle& bundle;
  const Trust& trust;
  const Workflows& workflows;
  Verdict& verdict;
  std::map<std::string, std::vector<Checked>> chains = {};      // by folder
  std::map<std::string, journal::Checkpoint> trees = {};        // by origin: signed by a given key
  std::optional<journal::Checkpoint> tree = std::nullopt;       // the bundle's own, when it is signed
  std::map<std::string, int64_t> first = {};  // by origin: what its entries' indexes begin with
  bool is_closed = false;                      // it was played to a state that nothing leads out of
  rules::Packs packs = {};  // that decisions in the log name, and that are what their names say

  const std::vector<Checked>& chain(std::string_view folder) const {
    static const std::vector<Checked> k_none;
    const auto found = chains.find(std::string(folder));
    return found == chains.end() ? k_none : found->second;
  }
};

/// The tree that a signed checkpoint tells, when a given key of its origin has signed it; else the step says why not.
std::optional<journal::Checkpoint> signed_tree(Case& c, Step step, const std::string& file, std::string_view text);

void check_log_signature(Case& c);
void check_witnesses(Case& c);
void check_timestamps(Case& c);
void check_inclusion(Case& c);
void check_chain(Case& c);
void check_payloads(Case& c);
void load_packs(Case& c);
void check_replay(Case& c);  // and, entry by entry, the steps signatures and keys
void check_decisions(Case& c);
void check_completeness(Case& c);

/// Without their parts: what a chain's links are verified by.
std::vector<journal::Entry> bare_entries(const std::vector<Checked>& chain);

/// The refusal's title as a detail of a remark: {zh, en}.
Json reason_of(const Refusal& refusal);

}  // namespace sparkgate::evidence
