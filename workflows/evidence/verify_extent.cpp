// The last step: is anything missing at the end? The log's recorded heads tell of each instance's newest entry.
#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/evidence/case.h"
#include "workflows/evidence/slot_proof.h"

namespace sparkgate::evidence {
namespace {

struct Heads {
  const Checked& checked;  // the entry that records them
  uint64_t at_size = 0, slots = 0;
  Digest root{};
};

std::optional<Heads> heads_in(const Case& c) {
  const auto& chain = c.chain(k_heads);
  if (chain.size() != 1 || !chain.front().is_sound() || !c.tree) return std::nullopt;
  const Checked& checked = chain.front();
  const auto facts = parse_json(checked.entry().facts.json);
  const bool is_of_log = checked.head->workflow == "log" && checked.head->type == "record_heads" &&
                         checked.head->origin == c.tree->origin;
  if (!is_of_log || !facts || !facts->is_object()) return std::nullopt;
  const Json at_size = facts->value("at_size", Json()), slots = facts->value("slots", Json());
  const auto root = from_hex(text_of(*facts, "root"));
  if (!at_size.is_number_integer() || !slots.is_number_integer() || !root || root->size() != sizeof(Digest)) {
    return std::nullopt;
  }
  Heads out{checked, at_size.get<uint64_t>(), slots.get<uint64_t>(), {}};
  std::copy(root->begin(), root->end(), out.root.begin());
  return out;
}

bool is_before(const Case& c, const Checked& checked, const Heads& heads) {
  return checked.head->origin != c.tree->origin || checked.index < heads.at_size;
}

enum class Extent { whole, not_yet, cut_off, other, unproved };

// `known`: how many entries the heads tell of, where they do.
Extent extent_of(const Case& c, const std::string& instance, const std::vector<Checked>& chain, const Heads& heads,
                 size_t& known) {
  const auto sound = [](const Checked& checked) { return checked.is_sound(); };
  if (chain.empty() || !std::all_of(chain.begin(), chain.end(), sound) || !chain.front().head->slot) {
    return Extent::unproved;
  }
  const auto slot = static_cast<uint64_t>(*chain.front().head->slot);
  if (slot >= heads.slots) {  // it was not there yet
    return is_before(c, chain.front(), heads) ? Extent::unproved : Extent::not_yet;
  }
  const auto file = c.bundle.slots.find(instance);
  const auto proof = file == c.bundle.slots.end() ? refuse(Code::proof_malformed) : parse_slot_proof(file->second);
  if (!proof || static_cast<uint64_t>(proof->head.slot) != slot ||
      !journal::verify_inclusion(slot, heads.slots, slot_leaf(proof->head), proof->proof, heads.root)) {
    return Extent::unproved;
  }
  known = static_cast<size_t>(proof->head.seq) + 1;
  if (chain.size() < known) return Extent::cut_off;
  if (chain[known - 1].entry().leaf != proof->head.leaf) return Extent::other;
  return chain.size() > known && is_before(c, chain[known], heads) ? Extent::other : Extent::whole;
}

void check_rings(Case& c, const Heads& heads) {
  for (const auto& [folder, chain] : c.chains) {
    size_t known = 0;
    if (!folder.starts_with(k_keys)) continue;
    const Extent extent = extent_of(c, folder.substr(k_keys.size()), chain, heads, known);
    if (extent == Extent::whole || extent == Extent::not_yet) continue;
    c.verdict.say(Step::completeness, Word::ring_not_whole, {{"file", folder}});
  }
}

// Nobody could say what else they are good for.
void check_strays(Case& c) {
  for (const auto& [instance, proof] : c.bundle.slots) {
    if (instance == c.bundle.instance || c.chains.contains(std::string(k_keys) + instance)) continue;
    c.verdict.say(Step::completeness, Word::heads_wrong, {{"file", "heads/" + instance + ".slot"}});
  }
}

}  // namespace

void check_completeness(Case& c) {
  const auto say = [&](Word word, Json details = Json::object()) {
    c.verdict.say(Step::completeness, word, std::move(details));
  };
  const auto& chain = c.chain(k_entries);
  if (c.is_closed) say(Word::closed_with, {{"count", chain.size()}});
  if (!c.tree) return say(Word::log_unsigned);
  const auto heads = heads_in(c);
  if (!heads) {
    if (!c.chain(k_heads).empty()) return say(Word::heads_wrong, {{"file", c.chain(k_heads).front().file}});
    return c.is_closed ? void() : say(Word::heads_absent);
  }
  size_t known = 0;
  const Extent extent = extent_of(c, c.bundle.instance, chain, *heads, known);
  if (extent == Extent::unproved) return say(Word::heads_wrong, {{"file", "heads/" + c.bundle.instance + ".slot"}});
  if (extent == Extent::cut_off) return say(Word::entries_cut_off, {{"needed", known}, {"actual", chain.size()}});
  if (extent == Extent::other) return say(Word::head_differs);
  check_strays(c);
  check_rings(c, *heads);
  if (!c.verdict.holds(Step::completeness)) return;
  const std::string at = format_time(heads->checked.head->at);
  c.verdict.subject["complete_as_of"] = {{"size", heads->at_size}, {"at", at}};
  say(Word::complete_as_of, {{"size", heads->at_size}, {"at", at}});
  if (extent == Extent::not_yet) say(Word::heads_older);
}

}  // namespace sparkgate::evidence
