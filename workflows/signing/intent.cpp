#include "workflows/signing/intent.h"

#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate::signing {
namespace {

struct TextRow {
  const char* member;
  std::string Intent::*place;
};
constexpr TextRow k_texts[] = {
    {"origin", &Intent::origin},
    {"workflow", &Intent::workflow},
    {"instance", &Intent::instance},
    {"event", &Intent::event},
    {"scope_hash", &Intent::scope_hash},
    {"payload_hash", &Intent::payload_hash},
    {"pack", &Intent::pack},
    {"key", &Intent::key},
};
struct NumberRow {
  const char* member;
  int64_t Intent::*place;
};
constexpr NumberRow k_numbers[] = {{"seen_seq", &Intent::seen_seq}, {"counter", &Intent::counter}};
constexpr size_t k_members = std::size(k_texts) + std::size(k_numbers) + 2;  // v, not_after

tl::unexpected<Refusal> malformed() {
  return refuse(Code::signature_invalid,
                {{"reason", bilingual("待签内容（intent）格式不符", "its intent is malformed")}});
}

}  // namespace

std::string Intent::text() const {
  Json json = {{"v", k_intent_version}, {"not_after", format_time(not_after)}};
  for (const TextRow& row : k_texts) json[row.member] = this->*row.place;
  for (const NumberRow& row : k_numbers) json[row.member] = this->*row.place;
  return canonical(json);
}

Result<Intent> Intent::parse(std::string_view text) {
  const auto json = parse_json(text);
  const bool is_ours =
      json && json->is_object() && json->size() == k_members && json->value("v", Json()) == k_intent_version;
  if (!is_ours || canonical(*json) != text) return malformed();
  Intent intent;
  for (const TextRow& row : k_texts) {
    const auto it = json->find(row.member);
    if (it == json->end() || !it->is_string()) return malformed();
    intent.*row.place = it->get<std::string>();
  }
  for (const NumberRow& row : k_numbers) {
    const auto it = json->find(row.member);
    if (it == json->end() || !it->is_number_integer()) return malformed();
    intent.*row.place = it->get<int64_t>();
  }
  const auto not_after = parse_time(text_of(*json, "not_after"));
  if (!not_after) return malformed();
  intent.not_after = *not_after;
  return intent;
}

std::string payload_hash(const Json& payload) { return hex(sha256(canonical(payload))); }

}  // namespace sparkgate::signing
