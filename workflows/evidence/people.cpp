#include "workflows/evidence/people.h"

#include "engine/base/codes.h"

namespace sparkgate::evidence {
namespace {

std::string short_of(const std::string& kid) { return kid.substr(0, 16); }

}  // namespace

People::People(Case& c) : case_(c), book_(c.trust.passkeys) {
  for (const auto& [folder, chain] : c.chains) {
    if (folder.starts_with(k_keys)) add_ring(folder, chain);
  }
}

void People::add_ring(const std::string& folder, const std::vector<Checked>& chain) {
  const auto say = [&] { case_.verdict.say(Step::signatures, Word::ring_doubtful, {{"file", folder}}); };
  std::vector<journal::Logged> logged;
  for (const Checked& checked : chain) {
    auto entry = checked.is_sound() ? journal::read_entry(checked.entry()) : refuse(Code::log_broken);
    if (!entry) return say();
    logged.push_back(std::move(*entry));
  }
  if (!journal::verify_links(bare_entries(chain))) return say();
  if (!book_.add_ring(std::move(logged))) say();
}

// "" once erased.
std::string People::person_behind(const std::string& actor) const {
  const auto known = people_.find(actor);
  return known != people_.end() && known->is_object() ? text_of(*known, "person") : "";
}

void People::judge(const Workflow& workflow, const Instance& before, const Checked& checked,
                   const journal::Logged& entry) {
  if (entry.personal.is_object()) people_.update(entry.personal.value("people", Json::object()));
  const SigningTerms terms = workflow.signing_terms(before, entry.head.type);
  const auto judged = book_.judge(entry, terms, person_behind(entry.head.actor));
  using signing::Standing;
  switch (judged.standing) {
    case Standing::unsigned_entry:
      unsigned_ += entry.head.actor == "system" ? 0 : 1;
      return;
    case Standing::erased:
      ++erased_;
      return;
    case Standing::valid:
      ++valid_;
      first_signed_.try_emplace(judged.kid, entry.index);
      return;
    case Standing::wrong:
      const Json reason = judged.objection ? reason_of(*judged.objection) : Json();
      return case_.verdict.say(Step::signatures, Word::person_signature_wrong,
                               {{"file", checked.file}, {"reason", reason}});
  }
}

void People::conclude() {
  Verdict& verdict = case_.verdict;
  if (valid_ > 0) verdict.say(Step::signatures, Word::signatures_valid, {{"count", valid_}});
  if (unsigned_ > 0) verdict.say(Step::signatures, Word::unsigned_entries, {{"count", unsigned_}});
  if (erased_ > 0) verdict.say(Step::signatures, Word::signatures_erased, {{"count", erased_}});
  if (first_signed_.empty()) return verdict.say(Step::keys, Word::no_keys_used);
  const Trust& trust = case_.trust;
  if (trust.enrollers.empty()) return verdict.say(Step::keys, Word::enrollers_absent);
  const auto chains = book_.chains(trust.enrollers, trust.enrollers_needed);
  size_t trusted = 0;
  for (const auto& [kid, index] : first_signed_) {
    const auto chain = chains.find(kid);
    if (chain != chains.end() && chain->second.was_trusted(index)) {
      ++trusted;
      continue;
    }
    const bool is_erased = chain != chains.end() && chain->second.is_erased;
    verdict.say(Step::keys, is_erased ? Word::enrolment_erased : Word::key_not_enrolled, {{"key", short_of(kid)}});
  }
  if (trusted > 0) {
    verdict.say(Step::keys, Word::keys_enrolled, {{"count", trusted}, {"needed", trust.enrollers_needed}});
  }
}

}  // namespace sparkgate::evidence
