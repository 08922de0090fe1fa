// Steps about the instance's life: its chain, the contents, the workflow played again, the rules' decisions.
#include <algorithm>

#include "engine/engine.h"
#include "workflows/evidence/people.h"
#include "workflows/rules/record.h"

namespace sparkgate::evidence {
namespace {

bool is_of(const Checked& checked, const Bundle& bundle) {
  return checked.head && checked.head->workflow == bundle.workflow && checked.head->instance == bundle.instance;
}

bool all_sound(const Case& c) {
  const auto& chain = c.chain(k_entries);
  return std::all_of(chain.begin(), chain.end(), [](const Checked& checked) { return checked.is_sound(); });
}

void check_payload(Case& c, Checked& checked) {
  const auto say = [&](Word word) { c.verdict.say(Step::payloads, word, {{"file", checked.file}}); };
  if (!checked.record.has_facts()) return say(Word::facts_absent);
  checked.is_whole = journal::verify_payload(checked.entry()).has_value();
  if (!checked.is_whole) say(Word::payload_altered);
}

bool erases(const Checked& checked) {
  const auto facts = checked.is_sound() ? parse_json(checked.entry().facts.json) : Result<Json>(Json());
  return facts && facts->is_object() && facts->value("erased", Json()) == true;
}

// The decision that an entry of the log tells of; null when it tells of none.
Json decision_in(const Checked& checked) {
  const auto facts = checked.is_sound() ? parse_json(checked.entry().facts.json) : Result<Json>(Json());
  return facts && facts->is_object() ? facts->value("decision", Json()) : Json();
}

std::string pack_in(const Json& decision) {
  const Json ref = decision.is_object() ? decision.value("pack", Json()) : Json();
  return ref.is_object() ? text_of(ref, "digest") : "";
}

void load_pack(Case& c, const std::string& digest, const std::string& text) {
  auto pack = rules::Pack::load(digest, text);
  if (pack && pack->ref().digest == digest && c.packs.add(digest, std::move(*pack))) return;
  c.verdict.say(Step::decisions, Word::pack_wrong, {{"file", "packs/" + digest + ".json"}});
}

// Facts of any shape are borne: the log vouches that they were recorded, not that they make sense.
bool comes_out_again(const rules::Pack& pack, const Json& decision) {
  try {
    return rules::repeats(pack, decision);
  } catch (const std::exception&) {
    return false;
  }
}

void check_decision(Case& c, const Checked& checked, const Json& decision) {
  const std::string digest = pack_in(decision);
  const rules::Pack* pack = c.packs.by_digest(digest);
  if (!pack) return c.verdict.say(Step::decisions, Word::pack_absent, {{"digest", digest}});
  if (comes_out_again(*pack, decision)) return;
  c.verdict.say(Step::decisions, Word::decision_differs,
                {{"file", checked.file}, {"pack", pack->ref().id + " " + pack->ref().version}});
}

// False when nothing can follow. What was recorded though it was not lawful is said, and played on.
bool play(Case& c, const Workflow& workflow, People& people, Instance& instance, const Checked& checked) {
  const auto say = [&](Json reason) {
    c.verdict.say(Step::replay, Word::step_unlawful, {{"file", checked.file}, {"reason", std::move(reason)}});
  };
  try {
    const auto entry = journal::read_entry(checked.entry());
    if (!entry) return say(reason_of(entry.error())), false;
    people.judge(workflow, instance, checked, *entry);
    const auto folded = fold(workflow, instance, *entry, checked.entry().leaf, Replay::rechecked);
    if (folded) return true;
    say(reason_of(folded.error()));
    return fold(workflow, instance, *entry, checked.entry().leaf).has_value();
  } catch (const std::exception&) {  // facts of another shape than the workflow writes
    say(bilingual("事实部分不是本流程所写", "the facts are not such as the workflow writes"));
    return false;
  }
}

// Why nothing can be played; nothing when it can. Only what the log vouches for is: a workflow may rely on the shape of
// its own entries.
std::optional<Remark> obstacle(const Case& c, const Registry& registry) {
  if (!registry.find(c.bundle.workflow)) return Remark{Word::workflow_unknown, {{"workflow", c.bundle.workflow}}};
  if (all_sound(c) && c.verdict.holds(Step::chain)) return std::nullopt;
  return Remark{Word::entries_doubtful};
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
  if (const auto linked = journal::verify_links(bare_entries(chain)); !linked) {
    c.verdict.say(Step::chain, Word::chain_broken, {{"reason", reason_of(linked.error())}});
  }
  if (!c.verdict.holds(Step::chain)) return;
  c.verdict.say(Step::chain, Word::chain_whole,
                {{"last", chain.size() - 1},
                 {"from", format_time(chain.front().head->at)},
                 {"until", format_time(chain.back().head->at)}});
}

void check_payloads(Case& c) {
  size_t count = 0;
  for (auto& [folder, chain] : c.chains) {
    for (Checked& checked : chain) check_payload(c, checked);
    count += chain.size();
  }
  if (c.verdict.holds(Step::payloads)) c.verdict.say(Step::payloads, Word::payloads_fit, {{"count", count}});
  // What an entry of the chain says was erased is lawfully gone; the rest has been left out by somebody.
  const auto& chain = c.chain(k_entries);
  size_t erased = 0, withheld = 0;
  bool is_erased_later = false;
  for (auto checked = chain.rbegin(); checked != chain.rend(); ++checked) {
    if (!checked->entry().personal) ++(is_erased_later ? erased : withheld);
    is_erased_later = is_erased_later || erases(*checked);
  }
  if (erased > 0) c.verdict.say(Step::payloads, Word::personal_erased, {{"count", erased}});
  if (withheld > 0) c.verdict.say(Step::payloads, Word::personal_withheld, {{"count", withheld}});
}

// Of the packs in the bundle only those are loaded that the log itself names.
void load_packs(Case& c) {
  std::set<std::string> named;
  for (const Checked& checked : c.chain(k_entries)) named.insert(pack_in(decision_in(checked)));
  for (const auto& [digest, text] : c.bundle.packs) {
    if (hex(sha256(text)) != digest) {
      c.verdict.say(Step::decisions, Word::pack_wrong, {{"file", "packs/" + digest + ".json"}});
    } else if (named.contains(digest)) {
      load_pack(c, digest, text);
    }
  }
}

void check_replay(Case& c) {
  Registry registry;
  c.workflows(registry, c.packs);
  if (const auto remark = obstacle(c, registry)) {
    for (const Step step : {Step::signatures, Step::keys, Step::replay}) {
      c.verdict.say(step, remark->word, remark->details);
    }
    return;
  }
  const Workflow& workflow = *registry.find(c.bundle.workflow);
  People people(c);
  Instance instance;
  instance.workflow = c.bundle.workflow;
  for (const Checked& checked : c.chain(k_entries)) {
    if (!play(c, workflow, people, instance, checked)) break;
  }
  people.conclude();
  c.verdict.subject["state"] = instance.state;
  const StateSpec* state = workflow.description().state(instance.state);
  c.is_closed = state && state->terminal && c.verdict.holds(Step::replay);
  if (c.verdict.holds(Step::replay)) c.verdict.say(Step::replay, Word::replayed, {{"state", instance.state}});
}

void check_decisions(Case& c) {
  if (!all_sound(c)) return c.verdict.say(Step::decisions, Word::entries_doubtful);
  size_t count = 0;
  for (const Checked& checked : c.chain(k_entries)) {
    const Json decision = decision_in(checked);
    if (decision.is_null()) continue;
    check_decision(c, checked, decision);
    ++count;
  }
  if (c.verdict.holds(Step::decisions)) c.verdict.say(Step::decisions, Word::decisions_repeat, {{"count", count}});
}

}  // namespace sparkgate::evidence
