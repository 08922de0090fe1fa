#include "workflows/signing/admission.h"

#include <stdexcept>

#include "engine/base/codes.h"
#include "workflows/keys/ring.h"
#include "workflows/signing/intent.h"

namespace sparkgate::signing {
namespace {

struct Asked {
  const Workflow& workflow;
  const EventSpec& event;
  const Situation& situation;
  const Intent intent;
};

Result<void> check_key(const Asked& asked) {
  if (asked.event.signing == Signing::new_key) return {};  // the payload's own, which check_sent compared
  const std::string& person = asked.situation.actor.person;
  const InstancePtr ring = keys::ring_of_key(asked.situation.view, asked.intent.key);
  const bool is_theirs = ring && !person.empty() && text_of(ring->personal, "person") == person;
  if (!is_theirs || !keys::is_active(*ring, asked.intent.key)) return refuse(Code::key_not_active);
  const bool must_enrol = asked.event.signing == Signing::enroller_key;
  if (must_enrol && !keys::is_enroller_key(*ring, asked.intent.key)) return refuse(Code::key_not_enroller);
  return {};
}

Result<void> check_time(const Asked& asked) {
  if (asked.situation.at < asked.intent.not_after) return {};
  return refuse(Code::intent_expired, {{"actual", format_time(asked.intent.not_after)}});
}

Result<void> check_seen(const Asked& asked) {
  const SigningTerms terms = asked.workflow.signing_terms(asked.situation.instance, asked.event.name);
  if (asked.intent.scope_hash != terms.scope_hash || asked.intent.pack != terms.pack)
    return refuse(Code::scope_changed);
  const int64_t latest = asked.situation.instance.version - 1;
  const int64_t seen = asked.intent.seen_seq;
  if (std::min(terms.seen_from, latest) <= seen && seen <= latest) return {};
  return refuse(Code::intent_stale, {{"actual", seen}, {"needed", terms.seen_from}});
}

// Possession is proved once, with counter 0: the key's first signature is number 1.
Result<void> check_counter(const Asked& asked) {
  if (asked.event.signing == Signing::new_key) {
    if (asked.intent.counter == 0) return {};
    return refuse(Code::intent_mismatch, {{"member", "counter"}});
  }
  const int64_t last = asked.situation.view.counter(keys::counter_of(asked.intent.key));
  if (asked.intent.counter > last) return {};
  return refuse(Code::counter_used, {{"actual", asked.intent.counter}, {"needed", last}});
}

Json member_names(const Json& payload, const Decision& decision) {
  Json names = Json::array();
  for (const auto& [name, value] : payload.items()) {
    const auto is_kept = [&](const Json& part) { return part.contains(name) && part[name] == value; };
    if (!is_kept(decision.facts) && !is_kept(decision.personal)) {
      throw std::logic_error("a signed payload's member is not kept: " + name);
    }
    names.push_back(name);
  }
  return names;
}

void keep(const Asked& asked, const Json& payload, const Json& signature, Decision& decision) {
  Json record = signature;
  record["members"] = member_names(payload, decision);
  decision.personal["signature"] = std::move(record);
  decision.facts["signed"] = {{"kid", asked.intent.key}, {"counter", asked.intent.counter}};
  if (asked.intent.counter > 0)
    decision.counters.emplace_back(keys::counter_of(asked.intent.key), asked.intent.counter);
}

}  // namespace

bool must_sign(const Workflow& workflow, const EventSpec& event, const Instance& instance, const Actor& actor,
               const View& view) {
  if (event.signing == Signing::none || actor.system) return false;
  if (event.signing != Signing::possible || workflow.signing_terms(instance, event.name).required) return true;
  const InstancePtr account = view.find(actor.account);
  return account && account->data.value("must_sign", false);
}

Result<void> SignedCommands::admit(const Workflow& workflow, const EventSpec& event, const Situation& situation,
                                   const Json& payload, const Json& signature, Decision& decision) const {
  if (signature.is_null()) {
    const bool must = must_sign(workflow, event, situation.instance, situation.actor, situation.view);
    return must ? Result<void>(refuse(Code::signature_required)) : Result<void>();
  }
  auto intent = Intent::parse(text_of(signature, "intent"));
  if (!intent) return tl::make_unexpected(intent.error());
  const Asked asked{workflow, event, situation, std::move(*intent)};
  for (const auto check : {check_key, check_time, check_seen, check_counter}) {
    if (auto holds = check(asked); !holds) return holds;
  }
  keep(asked, payload, signature, decision);
  return {};
}

}  // namespace sparkgate::signing
