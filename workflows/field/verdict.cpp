#include "workflows/field/verdict.h"

#include <algorithm>

#include "engine/base/codes.h"
#include "workflows/field/report.h"

namespace sparkgate::field {
namespace {

tl::unexpected<Refusal> mismatch(const std::string& member) {
  return refuse(Code::intent_mismatch, {{"member", member}});
}

// What the server tells otherwise: times in its own, people by their names within the permit.
constexpr std::string_view k_told_otherwise[] = {"sampled_at", "from", "until", "operators"};

// False when the entry has such a member, and nowhere with that value.
bool stands(const journal::Logged& entry, const std::string& member, const Json& value) {
  const auto fact = entry.facts.find(member), personal = entry.personal.find(member);
  const bool is_fact = fact != entry.facts.end(), is_personal = personal != entry.personal.end();
  return (!is_fact && !is_personal) || (is_fact && *fact == value) || (is_personal && *personal == value) ||
         std::find(std::begin(k_told_otherwise), std::end(k_told_otherwise), member) != std::end(k_told_otherwise);
}

Result<void> check_about(const journal::Logged& entry, const std::string& text) {
  const Json& field = entry.facts.at("field");
  if (digest_of(text) != field.value("digest", "")) return mismatch("digest");
  const auto claim = parse_json(text);
  if (!claim) return tl::make_unexpected(claim.error());
  const Json expected = {{"device", field.at("device")}, {"id", field.at("id")}, {"seq", field.at("seq")},
                         {"permit", entry.head.instance}, {"event", entry.head.type}};
  for (const auto& [member, value] : expected.items()) {
    if (claim->value(member, Json()) != value) return mismatch(member);
  }
  for (const auto& [member, value] : claim->at("payload").items()) {
    if (!stands(entry, member, value)) return mismatch(member);
  }
  return {};
}

}  // namespace

std::string device_of(const journal::Logged& entry) {
  const auto field = entry.facts.find("field");
  if (field == entry.facts.end() || entry.facts.contains("refused")) return "";
  return text_of(*field, "device");
}

signing::Verdict judge_claim(const journal::Logged& entry, const keys::PersonKey* key) {
  signing::Verdict verdict;
  verdict.kid = device_of(entry);
  verdict.standing = signing::Standing::erased;
  if (entry.personal.is_null()) return verdict;
  const Json proof = entry.personal.value("field", Json::object());
  const std::string text = text_of(proof, "text");
  auto right = check_about(entry, text);
  if (right && key) right = signing::check_signature(*key, text, {{"signature", text_of(proof, "signature")}}, {});
  if (right) {
    verdict.standing = key ? signing::Standing::valid : signing::Standing::erased;
  } else {
    verdict.standing = signing::Standing::wrong;
    verdict.objection = right.error();
  }
  return verdict;
}

}  // namespace sparkgate::field
