#include "workflows/signing/verdict.h"

#include "engine/base/codes.h"

namespace sparkgate::signing {
namespace {

constexpr const char* k_signed = "signed";

Verdict wrong(Verdict verdict, Code code, Json details = Json::object()) {
  verdict.standing = Standing::wrong;
  verdict.objection = Refusal{code, std::move(details), {}};
  return verdict;
}

Verdict wrong(Verdict verdict, Refusal objection) {
  verdict.standing = Standing::wrong;
  verdict.objection = std::move(objection);
  return verdict;
}

tl::unexpected<Refusal> malformed() {
  return refuse(Code::signature_invalid, {{"reason", bilingual("签名记录格式不符", "its record is malformed")}});
}

// The payload as it was sent, from the members that the record names.
Result<Json> payload_of(const journal::Logged& entry, const Json& record) {
  const auto names = record.find("members");
  if (names == record.end() || !names->is_array()) return malformed();
  Json payload = Json::object();
  for (const Json& name : *names) {
    const std::string member = name.is_string() ? name.get<std::string>() : "";
    const Json& part = entry.facts.contains(member) ? entry.facts : entry.personal;
    if (!part.contains(member)) return refuse(Code::intent_mismatch, {{"member", "payload_hash"}});
    payload[member] = part[member];
  }
  return payload;
}

Result<void> check_about(const Intent& intent, const journal::Logged& entry, const Verdict& verdict,
                         const std::string& hash) {
  const journal::Head& head = entry.head;
  const std::string instance = head.seq == 0 ? "" : head.instance;  // it had no name yet
  const std::tuple<const char*, std::string_view, std::string_view> pairs[] = {
      {"origin", intent.origin, head.origin}, {"workflow", intent.workflow, head.workflow},
      {"event", intent.event, head.type},     {"instance", intent.instance, instance},
      {"key", intent.key, verdict.kid},       {"payload_hash", intent.payload_hash, hash}};
  for (const auto& [member, of_intent, of_entry] : pairs) {
    if (of_intent != of_entry) return refuse(Code::intent_mismatch, {{"member", member}});
  }
  if (intent.counter != verdict.counter) return refuse(Code::intent_mismatch, {{"member", "counter"}});
  return {};
}

Result<void> check_sight(const Intent& intent, const journal::Logged& entry, const SigningTerms& terms) {
  if (intent.scope_hash != terms.scope_hash || intent.pack != terms.pack) return refuse(Code::scope_changed);
  const int64_t latest = entry.head.seq - 1;
  if (intent.seen_seq > latest || intent.seen_seq < std::min(terms.seen_from, latest)) {
    return refuse(Code::intent_stale, {{"actual", intent.seen_seq}, {"needed", terms.seen_from}});
  }
  if (entry.head.at < intent.not_after) return {};
  return refuse(Code::intent_expired, {{"actual", format_time(intent.not_after)}});
}

Result<void> check_record(const journal::Logged& entry, const Json& record, const Verdict& verdict,
                          const SigningTerms& terms) {
  const auto intent = Intent::parse(text_of(record, "intent"));
  if (!intent) return tl::make_unexpected(intent.error());
  const auto payload = payload_of(entry, record);
  if (!payload) return tl::make_unexpected(payload.error());
  if (auto about = check_about(*intent, entry, verdict, payload_hash(*payload)); !about) return about;
  return check_sight(*intent, entry, terms);
}

}  // namespace

Verdict judge_signature(const journal::Logged& entry, const SigningTerms& terms, const keys::PersonKey* key,
                        const AssertionPolicy& passkeys) {
  Verdict verdict;
  const auto facts = entry.facts.find(k_signed);
  if (facts == entry.facts.end()) {
    const bool must = terms.required && entry.head.actor != "system";
    return must ? wrong(std::move(verdict), Code::signature_required) : verdict;
  }
  verdict.kid = text_of(*facts, "kid");
  if (const auto counter = facts->find("counter"); counter != facts->end() && counter->is_number_integer()) {
    verdict.counter = counter->get<int64_t>();
  }
  verdict.standing = Standing::erased;
  if (entry.personal.is_null()) return verdict;
  const auto record = entry.personal.find("signature");
  if (record == entry.personal.end()) return wrong(std::move(verdict), malformed().value());
  if (auto right = check_record(entry, *record, verdict, terms); !right) {
    return wrong(std::move(verdict), right.error());
  }
  if (!key) return verdict;
  if (key->kid != verdict.kid) return wrong(std::move(verdict), Code::intent_mismatch, {{"member", "key"}});
  const auto stands = check_signature(*key, text_of(*record, "intent"), *record, passkeys);
  if (!stands) return wrong(std::move(verdict), stands.error());
  verdict.standing = Standing::valid;
  return verdict;
}

}  // namespace sparkgate::signing
