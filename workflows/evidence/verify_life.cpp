// Steps about the instance's life: its chain, the contents, the workflow played again, the rules' decisions.
#include <algorithm>

#include "engine/engine.h"
#include "workflows/evidence/case.h"
#include "workflows/rules/record.h"

namespace sparkgate::evidence {
namespace {

std::vector<journal::Entry> entries_of(const std::vector<Checked>& chain) {
  std::vector<journal::Entry> out;
  for (const Checked& checked : chain) out.push_back(checked.entry);
  return out;
}

bool is_of(const Checked& checked, const Bundle& bundle) {
  return checked.head && checked.head->workflow == bundle.workflow && checked.head->instance == bundle.instance;
}

void check_payload(Case& c, Checked& checked) {
  const auto say = [&](Word word) { c.verdict.say(Step::payloads, word, {{"file", checked.file}}); };
  if (!checked.record.facts) return say(Word::facts_absent);
  checked.is_whole = journal::verify_payload(checked.entry).has_value();
  if (!checked.is_whole) say(Word::payload_altered);
}

// Packs by digest, as far as they are what their names say.
std::map<std::string, rules::Pack> packs_of(Case& c) {
  std::map<std::string, rules::Pack> out;
  for (const auto& [digest, text] : c.bundle.packs) {
    const std::string file = "packs/" + digest + ".json";
    auto pack = rules::Pack::load(file, text);
    if (pack && pack->ref().digest == digest && canonical(pack->json()) == text) {
      out.emplace(digest, std::move(*pack));
    } else {
      c.verdict.say(Step::decisions, Word::pack_wrong, {{"file", file}});
    }
  }
  return out;
}

void check_decision(Case& c, const Checked& checked, const Json& decision,
                    const std::map<std::string, rules::Pack>& packs) {
  const Json& ref = decision.is_object() && decision.contains("pack") ? decision["pack"] : decision;
  const std::string digest = ref.is_object() ? text_of(ref, "digest") : "";
  const auto pack = packs.find(digest);
  if (pack == packs.end()) return c.verdict.say(Step::decisions, Word::pack_absent, {{"digest", digest}});
  if (rules::repeats(pack->second, decision)) return;
  const rules::PackRef& known = pack->second.ref();
  c.verdict.say(Step::decisions, Word::decision_differs,
                {{"file", checked.file}, {"pack", known.id + " " + known.version}});
}

// False when nothing can follow. What was recorded though it was not lawful is said, and played on.
bool play(Case& c, const Workflow& workflow, Instance& instance, const Checked& checked) {
  const auto say = [&](Json reason) {
    c.verdict.say(Step::replay, Word::step_unlawful, {{"file", checked.file}, {"reason", std::move(reason)}});
  };
  try {
    const auto folded = fold(workflow, instance, checked.entry, Replay::rechecked);
    if (folded) return true;
    say(reason_of(folded.error()));
    return fold(workflow, instance, checked.entry).has_value();
  } catch (const std::exception&) {  // facts of another shape than the workflow writes
    say(bilingual("事实部分不是本流程所写", "the facts are not such as the workflow writes"));
    return false;
  }
}

}  // namespace

void check_chain(Case& c) {
  const auto& chain = c.chain(k_entries);
  if (chain.empty()) return c.verdict.say(Step::chain, Word::entries_absent);
  for (const Checked& checked : chain) {
    if (!is_of(checked, c.bundle)) {
      c.verdict.say(Step::chain, Word::entry_of_other_thing, {{"file", checked.file}});
    }
  }
  if (const auto linked = journal::verify_links(entries_of(chain)); !linked) {
    c.verdict.say(Step::chain, Word::chain_broken, {{"reason", reason_of(linked.error())}});
  }
  if (!c.verdict.holds(Step::chain)) return;
  c.verdict.say(Step::chain, Word::chain_whole,
                {{"last", chain.size() - 1},
                 {"from", format_time(chain.front().head->at)},
                 {"until", format_time(chain.back().head->at)}});
}

void check_payloads(Case& c) {
  size_t count = 0, erased = 0, withheld = 0;
  for (auto& [folder, chain] : c.chains) {
    for (Checked& checked : chain) {
      check_payload(c, checked);
      ++count;
      if (folder != k_entries || checked.record.personal) continue;
      ++(checked.record.absent == Absent::withheld ? withheld : erased);
    }
  }
  if (c.verdict.holds(Step::payloads)) c.verdict.say(Step::payloads, Word::payloads_fit, {{"count", count}});
  if (erased > 0) c.verdict.say(Step::payloads, Word::personal_erased, {{"count", erased}});
  if (withheld > 0) c.verdict.say(Step::payloads, Word::personal_withheld, {{"count", withheld}});
}

// Only what the log vouches for is played: a workflow may rely on the shape of its own entries.
void check_replay(Case& c) {
  const Workflow* workflow = c.registry.find(c.bundle.workflow);
  if (!workflow) return c.verdict.say(Step::replay, Word::workflow_unknown, {{"workflow", c.bundle.workflow}});
  const auto& chain = c.chain(k_entries);
  const bool is_sound = std::all_of(chain.begin(), chain.end(), [](const Checked& one) { return one.is_sound(); });
  if (!is_sound || !c.verdict.holds(Step::chain)) return c.verdict.say(Step::replay, Word::entries_doubtful);
  Instance instance;
  for (const Checked& checked : chain) {
    if (!play(c, *workflow, instance, checked)) return;
  }
  c.verdict.subject["state"] = instance.state;
  if (c.verdict.holds(Step::replay)) c.verdict.say(Step::replay, Word::replayed, {{"state", instance.state}});
}

void check_decisions(Case& c) {
  const auto packs = packs_of(c);
  size_t count = 0;
  for (const Checked& checked : c.chain(k_entries)) {
    if (!checked.is_sound()) continue;
    const auto facts = parse_json(checked.entry.facts.json);
    if (!facts || !facts->is_object() || !facts->contains("decision")) continue;
    check_decision(c, checked, facts->at("decision"), packs);
    ++count;
  }
  if (c.verdict.holds(Step::decisions)) c.verdict.say(Step::decisions, Word::decisions_repeat, {{"count", count}});
}

}  // namespace sparkgate::evidence
