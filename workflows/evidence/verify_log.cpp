// Steps about the log itself: who signed its checkpoint, which logs it continues, and what stands in it.
#include "workflows/evidence/case.h"

namespace sparkgate::evidence {
namespace {

// A proof's own copy of the checkpoint: signed by a given key, and no signature of a given key is wrong.
bool is_unaltered(const Case& c, const Note& note) {
  const auto by_log = verified_by(note, c.trust.logs);
  return by_log && !by_log->empty() && verified_by(note, c.trust.witnesses);
}

// The tree that a proof speaks of: one that was found signed.
const journal::Checkpoint* tree_of(const Case& c, const std::string& checkpoint) {
  if (checkpoint == c.bundle.checkpoint) return c.tree ? &*c.tree : nullptr;
  const auto note = parse_note(checkpoint);
  const auto tree = note ? journal::parse_checkpoint(note->text) : tl::make_unexpected(note.error());
  if (tree && c.tree && *tree == *c.tree) return nullptr;  // the bundle's own, but not as it stands in the bundle
  const auto known = tree ? c.trees.find(tree->origin) : c.trees.end();
  return known != c.trees.end() && known->second == *tree && is_unaltered(c, *note) ? &known->second : nullptr;
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

}  // namespace

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

void check_log_signature(Case& c) {
  c.tree = signed_tree(c, Step::log_signature, std::string(k_checkpoint), c.bundle.checkpoint);
  if (!c.tree) return;
  c.trees[c.tree->origin] = *c.tree;
  c.verdict.subject["origin"] = c.tree->origin;
  c.verdict.subject["size"] = c.tree->size;
  c.verdict.say(Step::log_signature, Word::log_signed, {{"origin", c.tree->origin}, {"size", c.tree->size}});
  follow_back(c);
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
