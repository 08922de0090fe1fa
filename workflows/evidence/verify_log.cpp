// Steps about the log itself: who signed its checkpoint, who saw it, since when, and what stands in it.
#include "certs/timestamp.h"
#include "workflows/evidence/case.h"
#include "workflows/evidence/consistency.h"

namespace sparkgate::evidence {
namespace {

// The tree that a signed checkpoint tells, when a given key of its origin has signed it.
std::optional<journal::Checkpoint> signed_tree(Case& c, Step step, const std::string& file, std::string_view text) {
  const auto note = parse_note(text);
  auto tree = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  if (!tree) {
    c.verdict.say(step, Word::file_malformed, {{"file", file}});
    return std::nullopt;
  }
  std::vector<NoteVerifier> keys;
  for (const NoteVerifier& key : c.trust.logs) {
    if (key.name() == tree->origin) keys.push_back(key);
  }
  const auto found = verified_by(*note, keys);
  if (!found) {
    c.verdict.say(step, Word::signature_wrong, {{"file", file}, {"name", tree->origin}});
    return std::nullopt;
  }
  if (found->empty()) {
    c.verdict.say(step, Word::checkpoint_unsigned, {{"file", file}, {"origin", tree->origin}});
    return std::nullopt;
  }
  return *tree;
}

// The tree that a proof speaks of: one that was found signed.
const journal::Checkpoint* tree_of(const Case& c, const std::string& checkpoint) {
  if (checkpoint == c.bundle.checkpoint) return c.tree ? &*c.tree : nullptr;
  const auto note = parse_note(checkpoint);
  const auto tree = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  const auto known = tree ? c.trees.find(tree->origin) : c.trees.end();
  return known != c.trees.end() && known->second == *tree ? &known->second : nullptr;
}

bool stands_in(const journal::Checkpoint& tree, const Checked& checked, const journal::ProofFile& proof) {
  return checked.head->origin == tree.origin && journal::verify_inclusion(proof.index, tree.size, checked.entry().leaf,
                                                                          proof.proof, tree.root);
}

void check_in_log(Case& c, Checked& checked) {
  const auto proof = journal::parse_proof_file(checked.record.proof);
  const auto say = [&](Word word) { c.verdict.say(Step::inclusion, word, {{"file", checked.file}}); };
  if (!proof || !checked.head) return say(Word::file_malformed);
  const journal::Checkpoint* tree = tree_of(c, proof->checkpoint);
  if (!tree) return say(Word::proof_of_other_checkpoint);
  checked.in_log = stands_in(*tree, checked, *proof);
  if (!checked.in_log) return say(Word::entry_not_in_log);
  checked.index = proof->index;
  checked.record.entry.index = c.first[tree->origin] + static_cast<int64_t>(proof->index);
}

// What the log of that origin continues, by its own first entry: {origin, checkpoint}; null when it tells of nothing.
Json continued_by(const Case& c, const std::string& origin, std::string& file) {
  for (const Checked& checked : c.chain(k_log)) {
    const auto proof = journal::parse_proof_file(checked.record.proof);
    if (!proof || !checked.head || checked.head->origin != origin || checked.head->type != "open") continue;
    const journal::Checkpoint* tree = tree_of(c, proof->checkpoint);
    const bool is_first = tree && proof->index == 0 && checked.head->workflow == "log" &&
                          stands_in(*tree, checked, *proof) && journal::verify_payload(checked.entry());
    const auto facts = is_first ? parse_json(checked.entry().facts.json) : Result<Json>(Json());
    if (!facts || !facts->is_object()) continue;
    file = checked.file;
    return facts->value("continues", Json());
  }
  return nullptr;
}

// Older logs, each signed with a given key of its own, and closed where the next one says.
void follow_back(Case& c) {
  std::vector<journal::Checkpoint> logs = {*c.tree};
  for (std::string file;;) {
    const Json before = continued_by(c, logs.back().origin, file);
    if (!before.is_object()) break;
    const auto tree = signed_tree(c, Step::log_signature, file, text_of(before, "checkpoint"));
    if (!tree || c.trees.contains(tree->origin)) break;
    c.trees[tree->origin] = *tree;
    c.verdict.say(Step::log_signature, Word::log_continues,
                  {{"origin", logs.back().origin}, {"before", tree->origin}, {"size", tree->size}});
    logs.push_back(*tree);
  }
  int64_t first = 0;
  for (auto log = logs.rbegin(); log != logs.rend(); ++log) {
    c.first[log->origin] = first;
    first += static_cast<int64_t>(log->size);
  }
}

// How many of the instance's entries, from its first on, a stamped checkpoint covers.
size_t covered(const Case& c, const journal::Checkpoint& stamped) {
  size_t count = 0;
  for (const Checked& checked : c.chain(k_entries)) {
    const bool is_older = checked.in_log && checked.head->origin != stamped.origin;  // a log that this one continues
    if (!checked.in_log || (!is_older && checked.index >= stamped.size)) break;
    ++count;
  }
  return count;
}

bool leads_here(const Case& c, const Stamp& stamp, const journal::Checkpoint& stamped) {
  if (!c.tree || stamped.origin != c.tree->origin) return false;
  if (stamped == *c.tree) return true;
  const auto way = parse_consistency(stamp.consistency);
  return way && way->old_size == stamped.size && way->checkpoint == c.bundle.checkpoint &&
         journal::verify_consistency(stamped.size, c.tree->size, stamped.root, c.tree->root, way->proof);
}

void check_timestamp(Case& c, const std::string& file, const Stamp& stamp, Time& earliest, size_t& count) {
  const auto stamped = signed_tree(c, Step::timestamp, file, stamp.checkpoint);
  if (!stamped) return;
  const auto timestamp = verify_timestamp(stamp.response, stamp.checkpoint, c.trust.authorities);
  if (!timestamp) {
    return c.verdict.say(Step::timestamp, Word::timestamp_wrong,
                         {{"file", file}, {"reason", reason_of(timestamp.error())}});
  }
  if (!leads_here(c, stamp, *stamped)) {
    return c.verdict.say(Step::timestamp, Word::timestamp_elsewhere, {{"file", file}});
  }
  const size_t covers = covered(c, *stamped);
  if (covers < count || (covers == count && count > 0 && timestamp->at >= earliest)) return;
  count = covers;
  earliest = timestamp->at;
}

}  // namespace

void check_log_signature(Case& c) {
  c.tree = signed_tree(c, Step::log_signature, std::string(k_checkpoint), c.bundle.checkpoint);
  if (!c.tree) return;
  c.trees[c.tree->origin] = *c.tree;
  c.verdict.subject["origin"] = c.tree->origin;
  c.verdict.subject["size"] = c.tree->size;
  c.verdict.say(Step::log_signature, Word::log_signed, {{"origin", c.tree->origin}, {"size", c.tree->size}});
  follow_back(c);
}

void check_witnesses(Case& c) {
  if (c.trust.witnesses.empty()) return c.verdict.say(Step::witnesses, Word::witness_keys_absent);
  const auto note = parse_note(c.bundle.checkpoint);
  const auto found = note ? verified_by(*note, c.trust.witnesses) : tl::make_unexpected(note.error());
  if (!found) {
    const std::string name = found.error().details.value("name", "");
    return c.verdict.say(Step::witnesses, Word::signature_wrong, {{"file", k_checkpoint}, {"name", name}});
  }
  std::map<std::string, Time> witnesses;  // one with two keys is one witness
  for (const size_t position : *found) {
    const NoteVerifier& key = c.trust.witnesses[position];
    for (const NoteSignature& signature : note->signatures) {
      if (key.is_of(signature)) witnesses[key.name()] = cosigned_at(signature).value_or(Time{});
    }
  }
  for (const auto& [name, at] : witnesses) {
    c.verdict.say(Step::witnesses, Word::witnessed, {{"name", name}, {"at", format_time(at)}});
  }
  if (witnesses.size() < c.trust.witnesses_needed) {
    c.verdict.say(Step::witnesses, Word::witnesses_too_few,
                  {{"actual", witnesses.size()}, {"needed", c.trust.witnesses_needed}});
  }
}

void check_timestamps(Case& c) {
  if (c.trust.authorities.empty()) return c.verdict.say(Step::timestamp, Word::authority_absent);
  Time earliest{};
  size_t count = 0;
  for (const auto& [number, stamp] : c.bundle.stamps) {
    check_timestamp(c, stamp_file_of(number), stamp, earliest, count);
  }
  if (count == 0) return c.verdict.say(Step::timestamp, Word::timestamp_absent);
  c.verdict.say(Step::timestamp, Word::stamped, {{"count", count}, {"at", format_time(earliest)}});
}

void check_inclusion(Case& c) {
  if (!c.tree) return c.verdict.say(Step::inclusion, Word::log_unsigned);
  size_t count = 0;
  for (auto& [folder, chain] : c.chains) {
    for (Checked& checked : chain) check_in_log(c, checked);
    count += chain.size();
  }
  if (c.verdict.holds(Step::inclusion)) c.verdict.say(Step::inclusion, Word::all_in_log, {{"count", count}});
}

}  // namespace sparkgate::evidence
