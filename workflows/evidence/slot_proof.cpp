#include "workflows/evidence/slot_proof.h"

#include <algorithm>

#include "engine/base/codes.h"

namespace sparkgate::evidence {
namespace {

tl::unexpected<Refusal> malformed() {
  return refuse(Code::proof_malformed,
                {{"reason", bilingual("不是实例清单证明", "it is no proof of an instance's head")}});
}

std::optional<Digest> digest_of(const Json& json) {
  const auto bytes = json.is_string() ? from_hex(json.get_ref<const std::string&>()) : std::nullopt;
  Digest out{};
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

}  // namespace

std::string slot_proof_text(const SlotProof& proof) {
  Json hashes = Json::array();
  for (const Digest& hash : proof.proof) hashes.push_back(hex(hash));
  return canonical({{"slot", proof.head.slot},
                    {"seq", proof.head.seq},
                    {"leaf", hex(proof.head.leaf)},
                    {"proof", std::move(hashes)}});
}

Result<SlotProof> parse_slot_proof(std::string_view text) {
  const auto json = parse_json(text);
  if (!json || !json->is_object() || canonical(*json) != text) return malformed();
  const auto number = [&](const char* member) {
    const Json value = json->value(member, Json());
    return value.is_number_integer() && value >= 0 ? std::optional(value.get<int64_t>()) : std::nullopt;
  };
  const auto slot = number("slot"), seq = number("seq");
  const auto leaf = digest_of(json->value("leaf", Json()));
  const Json hashes = json->value("proof", Json());
  if (!slot || !seq || !leaf || !hashes.is_array() || hashes.size() > journal::k_max_proof) return malformed();
  SlotProof out{{*slot, *seq, *leaf}, {}};
  for (const Json& hash : hashes) {
    const auto digest = digest_of(hash);
    if (!digest) return malformed();
    out.proof.push_back(*digest);
  }
  return out;
}

}  // namespace sparkgate::evidence
