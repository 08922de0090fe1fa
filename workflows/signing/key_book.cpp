#include "workflows/signing/key_book.h"

#include "engine/base/codes.h"
#include "workflows/field/verdict.h"
#include "workflows/keys/ring.h"

namespace sparkgate::signing {
namespace {

bool takes_key(const journal::Logged& entry) {
  return entry.head.workflow == keys::k_workflow && (entry.head.type == "enrol" || entry.head.type == "add_key");
}

Verdict wrong(Verdict verdict, Code code, Json details = Json::object()) {
  verdict.standing = Standing::wrong;
  verdict.objection = Refusal{code, std::move(details), {}};
  return verdict;
}

}  // namespace

Result<void> KeyBook::add_ring(std::vector<journal::Logged> entries) {
  auto lives = keys::replay_ring(entries);
  if (!lives) return tl::make_unexpected(lives.error());
  for (const auto& [kid, life] : *lives) {
    if (!lives_.contains(kid)) continue;
    return refuse(Code::log_broken,
                  {{"reason", bilingual("密钥 " + kid + " 登记了两次", "the key " + kid + " was enrolled twice")}});
  }
  for (auto& [kid, life] : *lives) lives_.emplace(kid, std::move(life));
  for (journal::Logged& entry : entries) entries_.emplace(entry.index, std::move(entry));
  return {};
}

const keys::KeyLife* KeyBook::find(std::string_view kid) const {
  const auto it = lives_.find(kid);
  return it == lives_.end() ? nullptr : &it->second;
}

bool KeyBook::was_active(std::string_view kid, int64_t index) const {
  const keys::KeyLife* life = find(kid);
  return life && life->was_active(index);
}

// Nothing when it was erased, or is not the key of that name.
std::optional<keys::PersonKey> KeyBook::key_of(const keys::KeyLife& life) const {
  auto key = keys::read_key(life.kind, life.public_key);
  if (!key || key->kid != life.kid) return std::nullopt;
  return std::move(*key);
}

Verdict KeyBook::judge_alone(const journal::Logged& entry, const SigningTerms& terms, std::string_view person) const {
  const auto signed_by = entry.facts.find("signed");
  const std::string device = field::device_of(entry);
  const std::string kid = signed_by == entry.facts.end() ? device : text_of(*signed_by, "kid");
  const keys::KeyLife* life = find(kid);
  const auto key = life ? key_of(*life) : std::nullopt;
  const keys::PersonKey* given = key ? &*key : nullptr;
  Verdict verdict = device.empty() ? judge_signature(entry, terms, given, passkeys_) : field::judge_claim(entry, given);
  if (verdict.standing == Standing::unsigned_entry || verdict.standing == Standing::wrong) return verdict;
  const bool is_theirs = life && (person.empty() || life->person.empty() || life->person == person);
  const bool counts = is_theirs && (takes_key(entry) ? life->enrolled == entry.index : life->was_active(entry.index));
  return counts ? verdict : wrong(std::move(verdict), Code::key_not_active);
}

bool KeyBook::counter_fits(const Verdict& verdict, int64_t index) {
  auto& known = counters_[verdict.kid];
  const auto next = known.lower_bound(index);
  if (next != known.end() && next->second <= verdict.counter) return false;
  if (next != known.begin() && std::prev(next)->second >= verdict.counter) return false;
  known.emplace(index, verdict.counter);
  return true;
}

Verdict KeyBook::judge(const journal::Logged& entry, const SigningTerms& terms, std::string_view person) {
  Verdict verdict = judge_alone(entry, terms, person);
  if (verdict.standing == Standing::unsigned_entry || verdict.standing == Standing::wrong) return verdict;
  // What devices sign has no counter: the permit knows each of its events by the id.
  if (!field::device_of(entry).empty() || counter_fits(verdict, entry.index)) return verdict;
  const int64_t counter = verdict.counter;
  return wrong(std::move(verdict), Code::counter_used, {{"actual", counter}, {"needed", counter}});
}

// In the log's order, so that whoever endorses has been judged before.
KeyBook::Chains KeyBook::chains(const std::set<std::string>& roots, size_t needed) const {
  Chains chains;
  std::map<std::string, std::set<std::string>> vouchers;  // kid → people who say that it may endorse others
  for (const auto& [index, entry] : entries_) {
    if (!takes_key(entry) && entry.head.type != "endorse") continue;
    const std::string kid = text_of(entry.facts, "kid");
    Chain& chain = chains[kid];
    const Verdict verdict = judge_alone(entry, {}, "");
    if (verdict.standing == Standing::erased) chain.is_erased = true;
    if (verdict.standing != Standing::valid) continue;
    if (takes_key(entry)) {
      chain.is_proved = true;
      chain.is_root = chain.may_endorse = roots.contains(kid);
    } else if (const auto by = chains.find(verdict.kid);
               by != chains.end() && by->second.may_endorse && by->second.was_trusted(index)) {
      const keys::KeyLife& endorser = *find(verdict.kid);
      const std::string& person = endorser.person.empty() ? endorser.ring : endorser.person;
      chain.enrollers.insert(person);
      if (entry.facts.value("enroller", false)) vouchers[kid].insert(person);
    }
    const bool is_enough = chain.is_proved && (chain.is_root || chain.enrollers.size() >= needed);
    if (is_enough && !chain.trusted_from) chain.trusted_from = index;
    if (vouchers[kid].size() >= std::max<size_t>(needed, 1)) chain.may_endorse = true;
  }
  return chains;
}

}  // namespace sparkgate::signing
